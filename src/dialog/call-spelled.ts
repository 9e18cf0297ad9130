/** Old account numbers with their letters said by name: «ка эр сорок шесть восемьдесят семь тринадцать». Pure. */
import { aliasKey, foldLookalikes } from '../language/normalise.ts'
import { hear } from '../language/speech/hear.ts'

/** Names of the letters as recognisers write them; a letter may also stand for itself. */
const NAMES: Readonly<Record<string, string>> = {
  ...named('бэ бе Б вэ ве В гэ ге Г дэ де Д жэ же Ж зэ зе З ка К эль эл Л эм М эн Н пэ пе П эр Р эс С тэ те Т эф Ф'),
  ...named('ха Х цэ це Ц че Ч ша Ш ща Щ'),
}
/** Billing before the single bill began its numbers with one to three letters, and had 4 to 10 digits behind them. */
const LETTERS_MAX = 3
const DIGITS = '^\\d{4,10}$'

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
  for (let from = at; from >= 0 && at - from < LETTERS_MAX; from--) {
    const letter = letterOf(words[from] ?? '')
    if (letter === null) break
    letters = letter + letters
    for (const digits of candidates) aliases.push(aliasKey(letters + digits))
  }
  return aliases
}

function letterOf(word: string): string | null {
  return NAMES[word] ?? (/^\p{L}$/u.test(word) ? foldLookalikes(word.toUpperCase()) : null)
}
