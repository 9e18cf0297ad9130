/** Old account numbers and ЕЛС with their letters said by name: «ка эр сорок шесть восемьдесят семь тринадцать». Pure. */
import { aliasKey, foldLookalikes, oldAccountForm } from '../../language/normalise.ts'
import { hear } from '../../language/speech/hear.ts'

/** Names of the letters as recognisers write them; a letter may also stand for itself. */
const NAMES: Readonly<Record<string, string>> = {
  ...named('бэ бе Б вэ ве В гэ ге Г дэ де Д жэ же Ж зэ зе З ка К эль эл Л эм М эн Н пэ пе П эр Р эс С тэ те Т эф Ф'),
  ...named('ха Х цэ це Ц че Ч ша Ш ща Щ'),
}
const DIGITS = `^${oldAccountForm.digits}$`
/** An ЕЛС: two digits, two letters, six digits, and for some two more behind a dash, which the key does without (rule 4). */
const UNIFIED_LETTERS = 2
const UNIFIED_BEHIND = /^(\d{6})(?:\d{2})?$/

/** Each capital is what the words before it mean. */
function named(list: string): Record<string, string> {
  const names: Record<string, string> = {}
  let waiting: string[] = []
  for (const word of list.split(' ')) {
    if (word !== word.toUpperCase()) waiting.push(word)
    else {
      for (const name of waiting) names[name] = word
      waiting = []
    }
  }
  return names
}

/** The aliases that a text may spell: up to three letters in a row, and the number behind them. */
export function spelledIn(heard: string): readonly string[] {
  const words =
    heard
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\d]+/gu) ?? []
  return words.flatMap((word, at) => {
    const letter = letterOf(word)
    const isLast = letter !== null && letterOf(words[at + 1] ?? '') === null
    return isLast ? aliasesAt(words, at) : []
  })
}

/** `at`: the last letter before the digits. A hum before the letters may look like one, so fewer of them are tried too. */
function aliasesAt(words: readonly string[], at: number): readonly string[] {
  const { candidates } = hear(words.slice(at + 1).join(' '), { as: 'account', pattern: DIGITS })
  const aliases: string[] = []
  let letters = ''
  for (let from = at; from >= 0 && at - from < oldAccountForm.lettersMax; from--) {
    const letter = letterOf(words[from] ?? '')
    if (letter === null) break
    letters = letter + letters
    for (const digits of candidates) aliases.push(aliasKey(letters + digits))
    if (letters.length === UNIFIED_LETTERS) aliases.push(...unifiedIn(words.slice(0, from), letters, candidates))
  }
  return aliases
}

/** «Восемьдесят эс бэ …»: one word or two before the letters are its first two digits. */
function unifiedIn(before: readonly string[], letters: string, candidates: readonly string[]): readonly string[] {
  const fronts = [1, 2].flatMap((count) => hear(before.slice(-count).join(' '), FRONT).candidates)
  const behind = candidates.flatMap((digits) => UNIFIED_BEHIND.exec(digits)?.[1] ?? [])
  return fronts.flatMap((front) => behind.map((digits) => front + letters + digits))
}

const FRONT = { as: 'account', pattern: '^\\d{2}$' } as const

function letterOf(word: string): string | null {
  return NAMES[word] ?? (/^\p{L}$/u.test(word) ? foldLookalikes(word.toUpperCase()) : null)
}
