import { isVeryHigh } from '../../src/core/rules/usual.ts'
import { weigh } from '../../src/core/rules/weigh.ts'
import type { BoxSeen, SlipSeen } from '../../src/core/slip.ts'
import { readRow } from '../../src/core/slip-posterior.ts'
import type { Samples, TrueSlip } from './truth.ts'

/** What was seen on one page of a scan. */
export interface SeenPage {
  readonly file: string
  readonly page: number
  readonly slips: readonly SlipSeen[]
}

/** What became of one slip. */
export interface Judged {
  readonly truth: TrueSlip
  /** null: not found, or nobody can say whose it is. */
  readonly seen: SlipSeen | null
  readonly rows: readonly {
    readonly value: string | null
    readonly confidence: number
    readonly why: string | null
    /** By the boxes alone, without the registry. */
    readonly alone: string | null
    readonly plausible: boolean
  }[]
}

/** Every slip of the truth with what was read of it. */
export function judged({ slips, knownOf }: Samples, pages: readonly SeenPage[]): Judged[] {
  return slips.map((truth) => {
    const here = pages
      .filter(({ file, page }) => file === truth.file && page === truth.page)
      .flatMap((one) => one.slips)
    const seen =
      here.find(({ identity }) => identity?.account === truth.account && identity.meter === truth.meter) ?? null
    const rows = (seen?.rows ?? []).map((row) => {
      const known = knownOf(truth.account, truth.meter, row.register)
      const { value, confidence, why } = readRow(row, known)
      const alone = readRow(row, null)
      const plausible =
        value === null || known === null || !isVeryHigh(weigh(known.register, value, known.scale), known.scale)
      return { value, confidence, why, alone: alone.why === null ? alone.value : null, plausible }
    })
    return { truth, seen, rows }
  })
}

/** Accepted without a person: by the posterior, and after the rules that judge any reading. */
export function acceptedOf({ rows }: Judged): boolean {
  return rows.length > 0 && rows.every(({ why, plausible }) => why === null && plausible)
}

function isWrong({ truth, rows }: Judged, valueIn: (row: Judged['rows'][number]) => string | null): boolean {
  return (
    truth.expect === 'review' ||
    truth.registers.some(({ read }, k) => read === null || read !== valueIn(rows[k] ?? NONE))
  )
}
const NONE = { value: null, confidence: 0, why: null, alone: null, plausible: false }

const SIGNS = '0123456789'

/** Digits that the boxes' first choice has right, of those that are to be read at all. */
export function digitsRight(all: readonly Judged[]): [right: number, count: number] {
  let [right, count] = [0, 0]
  for (const { truth, seen } of all)
    for (const [k, { read }] of truth.registers.entries()) {
      const boxes = seen?.rows[k]?.boxes
      if (boxes === undefined || read === null) continue
      const written = read.replace('.', '').padStart(boxes.length, ' ')
      for (const [i, box] of boxes.entries()) {
        if (!SIGNS.includes(written[i] ?? ' ')) continue
        count += 1
        right += firstChoice(box) === written[i] ? 1 : 0
      }
    }
  return [right, count]
}

function firstChoice({ digits, empty, dash, junk }: BoxSeen): string {
  const said = [...digits, empty, dash, junk]
  return `${SIGNS} -#`[said.indexOf(Math.max(...said))] ?? '#'
}

/** The figures, a line each. */
export function figuresOf(all: readonly Judged[], pages: readonly SeenPage[]): string[] {
  const found = pages.flatMap(({ slips }) => slips)
  const named = all.filter(({ seen }) => seen !== null)
  const readable = all.filter(({ truth }) => truth.expect === 'readable')
  const others = all.filter(({ truth }) => truth.expect !== 'readable')
  const accepted = all.filter(acceptedOf)
  const alone = all.filter(({ rows }) => rows.length > 0 && rows.every((row) => row.alone !== null))
  const posterior = all.filter(({ rows }) => rows.length > 0 && rows.every(({ why }) => why === null))
  const [right, count] = digitsRight(all)
  const identities = found.filter(({ identity }) => identity !== null)
  const share = (part: number, whole: number): string =>
    `${part} of ${whole} (${((100 * part) / Math.max(1, whole)).toFixed(1)} %)`
  return [
    `slips found               ${share(found.length, all.length)}`,
    `identity read             ${share(named.length, all.length)}, wrong ${identities.length - named.length}`,
    `digits right              ${share(right, count)}`,
    `accepted by boxes alone   ${share(alone.length, all.length)}, wrong ${alone.filter((one) => isWrong(one, (row) => row.alone)).length}`,
    `accepted by the posterior ${share(posterior.length, all.length)}, wrong ${posterior.filter((one) => isWrong(one, (row) => row.value)).length}`,
    `accepted after judging    ${share(accepted.length, all.length)}, wrong ${accepted.filter((one) => isWrong(one, (row) => row.value)).length}`,
    `readable ones accepted    ${share(accepted.filter(({ truth }) => truth.expect === 'readable').length, readable.length)}`,
    `others held               ${share(others.filter((one) => !acceptedOf(one)).length, others.length)}`,
  ]
}

/** Slips that deserve a look: accepted wrongly, or held though they can be read. */
export function remarksOf(all: readonly Judged[]): string[] {
  const told = ({ truth, rows }: Judged): string =>
    `${truth.id} ${truth.file} page ${truth.page}, ${truth.expect} ${truth.reasons.join(' ')}: ${rows
      .map(
        ({ value, confidence, why }, k) =>
          `${truth.registers[k]?.read} read ${value} ${confidence.toFixed(5)} ${why ?? 'sure'}`,
      )
      .join('; ')}`
  const wrong = all.filter(
    (one) => acceptedOf(one) && (isWrong(one, (row) => row.value) || one.truth.expect !== 'readable'),
  )
  const held = all.filter((one) => !acceptedOf(one) && one.truth.expect === 'readable')
  return [...wrong.map((one) => `ACCEPTED ${told(one)}`), ...held.map((one) => `held ${told(one)}`)]
}
