/**
 * The candidate set once more, slowly and from the rules' own words: a row of words is a number if it is, zeros aside, the
 * one way to say its value; every cut of the row is tried. Shares nothing with the code that it checks.
 */
export interface Said {
  readonly text: string
  /** The words of its value, as numbers; a thousand is -3, a million -6: they multiply what stands before them. */
  readonly atoms: readonly number[]
  readonly kind: 'word' | 'digits' | 'ordinal' | 'zero' | 'name' | 'counted'
  /** «тысяч», «миллионов». */
  readonly needsNumber?: boolean
}

/** One part of the row after rules 3 and 4: zeros of digit strings said one by one, «два нуля» written out. */
interface Unit {
  readonly said: Said
  readonly digit: string | null
}

/** The words that say a number below a milliard. */
function wordsOf(value: number): number[] {
  const million = Math.floor(value / 1_000_000)
  const thousand = Math.floor(value / 1_000) % 1_000
  return [
    ...(million > 0 ? [...below1000(million), -6] : []),
    ...(thousand > 0 ? [...below1000(thousand), -3] : []),
    ...below1000(value % 1_000),
  ]
}

function below1000(value: number): number[] {
  const rest = value % 100
  const small = rest < 20 ? [rest] : [rest - (rest % 10), rest % 10]
  return [value - rest, ...small].filter((atom) => atom > 0)
}

/** A digit string as it stands in the row. */
export function digitsSaid(text: string): Said {
  return { text, atoms: wordsOf(Number(text)), kind: 'digits' }
}

function unitsOf(row: readonly Said[]): Unit[] {
  const units: Unit[] = []
  for (const said of row) {
    const last = units.at(-1)
    if (said.kind === 'counted' || said.kind === 'name') {
      const isTimes = last?.digit === null && last.said.kind !== 'ordinal' && /^[1-9]$/.test(String(last.said.atoms))
      const times = isTimes ? Number(last?.said.atoms[0]) : 1
      if (isTimes) units.pop()
      for (let time = 0; time < times; time++) units.push({ said, digit: String(said.atoms[0]) })
    } else if (said.kind === 'digits') {
      const zeros = /^0*/.exec(said.text)?.[0].length ?? 0
      for (let zero = 0; zero < zeros; zero++) units.push({ said, digit: '0' })
      if (Number(said.text) > 0) units.push({ said: { ...said, text: said.text.slice(zeros) }, digit: null })
    } else units.push({ said, digit: said.kind === 'zero' ? '0' : null })
  }
  return units
}

/** The number that these units say as a whole; null where they are none. */
function numberIn(units: readonly Unit[]): number | null {
  if (units.length === 0 || units[0]?.digit !== null || units.at(-1)?.digit !== null) return null
  if (units.some(({ said, digit }) => digit !== null && said.kind === 'name')) return null
  const words = units.filter(({ digit }) => digit === null)
  if (words.slice(0, -1).some(({ said }) => said.kind === 'ordinal')) return null
  if (!words.every(({ said }, at) => standsRight(said, words[at - 1]?.said))) return null
  const atoms = words.flatMap(({ said }) => said.atoms)
  // A scale word alone counts once.
  const full = atoms.flatMap((atom, at) => (atom < 0 && (at === 0 || Number(atoms[at - 1]) < 0) ? [1, atom] : [atom]))
  const value = worthOf(full)
  return String(wordsOf(value)) === String(full) && zerosFit(units) ? value : null
}

function standsRight(said: Said, before: Said | undefined): boolean {
  const isOpen = before !== undefined && Number(before.atoms.at(-1)) > 0
  if (said.needsNumber) return isOpen
  // A string of digits is added as it is and multiplied only as a whole.
  return !(said.kind === 'digits' && said.atoms.some((atom) => atom < 0) && isOpen)
}

function worthOf(atoms: readonly number[]): number {
  let value = 0
  let open = 0
  for (const atom of atoms) {
    if (atom > 0) open += atom
    else {
      value += open * 10 ** -atom
      open = 0
    }
  }
  return value + open
}

/** Each zero stands after a hundred or a thousand, and the word behind fits into what the zeros leave empty. */
function zerosFit(units: readonly Unit[]): boolean {
  return units.every(({ digit }, at) => {
    if (digit === null) return true
    const before =
      units
        .slice(0, at)
        .findLast((unit) => unit.digit === null)
        ?.said.atoms.at(-1) ?? 0
    const behind = units.slice(at).find((unit) => unit.digit === null)?.said.atoms ?? []
    const from = units.slice(0, at).findLastIndex((unit) => unit.digit === null)
    const zeros = units.slice(from + 1).findIndex((unit) => unit.digit === null)
    const places = before === -3 ? 3 : before >= 100 ? 2 : 0
    return String(worthOf(behind)).length <= places - zeros && !behind.some((atom) => atom < 0)
  })
}

/** Every reading of the row, as rules 5 and 6 have it. */
export function naiveReadings(row: readonly Said[]): string[] {
  const units = unitsOf(row)
  const spans: { start: number; end: number; text: string; tied: boolean }[] = []
  for (let start = 0; start < units.length; start++) {
    for (let end = start + 1; end <= units.length; end++) {
      const inside = units.slice(start, end)
      const value = numberIn(inside)
      const tied = inside.some(
        ({ said, digit }) => digit === null && (said.kind === 'ordinal' || said.atoms.some((atom) => atom < 0)),
      )
      if (value !== null) spans.push({ start, end, text: String(value), tied })
    }
  }
  const isPart = (one: (typeof spans)[number]) =>
    spans.some((other) => other !== one && other.start <= one.start && other.end >= one.end)
  const parts = [
    ...spans.filter((span) => !(span.tied && isPart(span))),
    ...units.flatMap(({ digit }, start) =>
      digit === null ? [] : [{ start, end: start + 1, text: digit, tied: false }],
    ),
  ]
  const from = (start: number): string[] =>
    start === units.length
      ? ['']
      : parts.filter((part) => part.start === start).flatMap((part) => from(part.end).map((rest) => part.text + rest))
  return units.length === 0 ? [] : [...new Set(from(0))]
}

/** The candidate set of a value on a dial without decimals. */
export function naiveValues(row: readonly Said[], digits: number): string[] {
  const values = naiveReadings(row).map((reading) => reading.replace(/^0+(?=.)/, ''))
  return [...new Set(values)].filter((value) => value.length <= digits).toSorted()
}
