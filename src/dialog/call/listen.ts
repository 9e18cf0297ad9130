/** An answer by keys or speech to what it may mean (rules 31, 32). Pure. */
import type { CallInput } from '../../core/call.ts'
import type { Register, Service } from '../../core/facts.ts'
import { lex } from '../../language/lex.ts'
import { hear } from '../../language/speech/hear.ts'
import { plainSpeech } from '../../language/speech/lex.ts'
import type { NamedService } from '../../language/token.ts'
import { accountKeys, OLD_DIGITS_MIN } from '../claims/account-spans.ts'
import type { House } from '../house.ts'
import { spelledIn } from './spelled.ts'

/** An answer of the caller. */
export type Answered = Extract<CallInput, { kind: 'answered' }>

/** What the caller wants of the call itself. */
export type Wish = 'OPERATOR' | 'REPEAT' | 'YES' | 'NO' | 'UNKNOWN' | 'SILENCE' | null

/** Keys that are no digits: `#` ends an answer. */
const END_KEY = /#/g
/** How many numbers of one answer are looked up. */
const ACCOUNTS_MAX = 200
const OLD_DIGITS = `^\\d{${OLD_DIGITS_MIN},10}$`

/** What was keyed; empty: nothing. */
export function keyed({ digits }: Answered): string {
  return digits.replace(END_KEY, '')
}

/** Whether a key or a word asks for something else than what was asked. `0` alone is no value: zero is keyed `00`. */
export function wishOf(input: Answered): Wish {
  const keys = keyed(input)
  if (keys === '0') return 'OPERATOR'
  if (keys !== '') return /^\*+$/.test(keys) ? 'REPEAT' : null
  return input.heard.trim() === '' ? 'SILENCE' : hear(input.heard, ANY_VALUE).intent
}

const ANY_VALUE = { as: 'value', digits: 12, decimals: 3 } as const

/** Yes and no, by key or word, or by the key's own word («один»). */
export function consentOf(input: Answered): 'YES' | 'NO' | null {
  const wish = wishOf(input)
  if (wish === 'YES' || wish === 'NO') return wish
  const keys = keyed(input)
  if (keys !== '') return keys === '1' ? 'YES' : keys === '2' ? 'NO' : null
  const said = wordsOf(input.heard).join(' ')
  return SAID_ONE.test(said) ? 'YES' : SAID_TWO.test(said) ? 'NO' : null
}

/** Whether the caller takes leave: «всё, спасибо», «до свидания». */
export function takesLeave({ heard }: Answered): boolean {
  return LEAVE.test(wordsOf(heard).join(' '))
}

const LEAVE =
  /(?:^| )(?:до ?свидани[ея]|всего (?:доброго|хорошего))(?: |$)|^(?:(?:нет|ну|это|спасибо) )*все(?: спасибо)?$/u

/** Nothing else may be said: «нет, один» and «первая цифра неправильная» are about the digits of the reading. */
const SAID_ONE = /^(?:(?:да|ну|э|кнопка|кнопку|нажимаю|нажал|нажала) )*(?:один|одна|одно|единица|1)$/
const SAID_TWO = /^(?:(?:нет|ну|э|кнопка|кнопку|нажимаю|нажал|нажала) )*(?:два|две|двойка|2)$/

/** Whole numbers that an answer may mean. */
export function numbersIn(input: Answered): readonly string[] {
  const keys = keyed(input)
  if (keys !== '') return [keys]
  return hear(answerIn(input), { as: 'value', digits: 12, decimals: 0 }).candidates
}

/** Digits that an answer may mean, where so many are wanted; zeros in front count. */
export function digitsIn(input: Answered, pattern: string): readonly string[] {
  const keys = keyed(input)
  if (keys !== '') return [keys]
  return hear(answerIn(input), { as: 'account', pattern }).candidates
}

/** Readings of a register that an answer may mean. On keys `*` is the decimal mark; what is cut is not read back (rule 11). */
export function valuesIn(input: Answered, register: Register, service: Service): readonly string[] {
  const keys = keyed(input)
  if (keys !== '' && !VALUE_KEYS.test(keys)) return []
  if (keys !== '') return [service === 'ELECTRICITY' ? keys.replace(/\*.*/, '') : keys.replace('*', '.')]
  const decimals = service === 'ELECTRICITY' ? 0 : Math.min(register.decimals, 3)
  const wanted = { as: 'value', digits: register.digits, decimals } as const
  const said = answerIn(input)
  const ways = [said, said.replace(NAMED_TARIFF, ' ')]
  return [...new Set(ways.flatMap((way) => hear(way, wanted).candidates))]
}

/** Zones by name, up to their endings. */
const ZONE = '(?:д(?:ень|н[её]м|невн)|ноч|(?:полу)?пик)\\p{L}{0,6}'
const TARIFF = '(?:тариф|зон)\\p{L}{0,6}'
const ORDINAL = '(?:перв|втор|трет)\\p{L}{2,4}\\s+'

/** What needs no number behind it: in «ночная зона, два один …» the 2 may be the zone's, or the reading's first digit. */
const NAMED_TARIFF = new RegExp(`(?<!${ORDINAL})(?<!\\p{L})(?:${ZONE}\\s+${TARIFF}|${TARIFF}\\s+${ZONE})`, 'giu')

/** Tariffs that are named by number, in words too: «тариф два», «второго тарифа». */
export function tariffsIn({ heard }: Answered): readonly string[] {
  return hear(heard.replace(NAMED_TARIFF, ' '), ANY_VALUE).tariffs
}

/** What was said without the words of our questions: «последние четыре цифры 4778», «по одной цифре, 5 6 3 1 1». */
function answerIn({ heard }: Answered): string {
  return heard.replace(SO_MANY_DIGITS, ' ')
}

const SO_MANY_DIGITS =
  /(?<![\p{L}\d])(?:[1-5]|одн\p{L}{1,2}|дв[ае]|тр(?:и|[её]х)|четыр(?:е|[её]х)|пять|пяти)\s+(?:последн\p{L}{2,3}\s+)?цифр(?:ы|е|у|ам|ами)?(?!\p{L})/giu

const VALUE_KEYS = /^\d{1,12}(?:\*\d{1,3})?$/

/** An answer in the parts that its labels begin, «день тридцать тысяч, ночь сорок»; none: a number stands before the first. */
export function labelledParts(input: Answered): readonly Answered[] {
  if (keyed(input) !== '') return []
  const { heard } = input
  const starts = [...heard.matchAll(SPOKEN_LABEL)].map(({ index }) => index)
  if (hear(heard.slice(0, starts[0]), ANY_VALUE).candidates.length > 0) return []
  return starts.map((start, at) => ({ ...input, heard: heard.slice(start, starts[at + 1]) }))
}

/** «…двадцать первый ночной тариф»: whether the ordinal is the value's or the tariff's is not clear; it makes a part without a value. */
const SPOKEN_LABEL = new RegExp(
  `(?<!\\p{L})(?:${ORDINAL}(?=${ZONE}\\s+${TARIFF})|${ORDINAL}${TARIFF}|${ZONE}\\s+${TARIFF}|${TARIFF}(?:\\s+${ZONE})?|т\\s?(?:[1-3](?!\\d)|(?:один|два|три)(?!\\p{L}))|${ZONE})`,
  'giu',
)

/** Whether it calls its number previous, or consumption: «расход триста пятьдесят два» (rule 12). */
export function isNotNow({ heard }: Answered): boolean {
  return wordsOf(heard).some((word) => NOT_NOW.test(word))
}

/** Fewer words than in a text: who is asked for a reading, and says «всего» or «было», may well mean it. */
const NOT_NOW = /^(?:предыдущ|прошл|прежн|расход|израсход|потреб|потрат)/

/** Whether its number is of some digits of the reading, or says which: «нет, последняя цифра пять», «первая не та». */
export function namesPlace({ heard }: Answered): boolean {
  return wordsOf(heard).some((word) => PLACE.test(word))
}

const PLACE = /^(?:цифр|(?:пред)?последн|перв|втор|трет|четверт)/

function wordsOf(heard: string): readonly string[] {
  return plainSpeech(heard).match(/[\p{L}0-9]+/gu) ?? []
}

/** Services that an answer names. */
export function servicesIn({ heard }: Answered): readonly NamedService[] {
  return lex(heard.replace(HUM, ' ')).tokens.flatMap((token) => (token.kind === 'service' ? token.service : []))
}

/** In writing the letter of electricity. */
const HUM = /(?<![\p{L}\d])э+(?![\p{L}\d])/giu

/** Account numbers, old numbers and ЕЛС that an answer may mean; the registry tells which there are. None of a correction. */
export function accountsIn(input: Answered, house: House): { accounts: readonly string[]; aliases: readonly string[] } {
  const keys = keyed(input).replaceAll('*', '')
  const patterns = [...new Set([...house.branches.values()].map(({ accountPattern }) => accountPattern))]
  if (keys !== '') {
    const accounts = patterns.flatMap((pattern) => writings(keys).filter((one) => new RegExp(pattern).test(one)))
    return { accounts: [...new Set(accounts)], aliases: keys.length >= OLD_DIGITS_MIN ? [keys] : [] }
  }
  if (hear(input.heard, ANY_VALUE).corrected) return { accounts: [], aliases: [] }
  const written = accountKeys(lex(input.heard).tokens, house.isShaped)
  const said = patterns.flatMap((pattern) => [...digitsIn(input, pattern), ...withoutSlash(input, pattern)])
  const old = [...spelledIn(input.heard), ...digitsIn(input, OLD_DIGITS)]
  const accounts = [...new Set([...written.accounts, ...said])].slice(0, ACCOUNTS_MAX)
  return { accounts, aliases: [...new Set([...written.aliases, ...old])].slice(0, ACCOUNTS_MAX) }
}

/** `11111/11` by a caller who doesn't say «дробь». */
function withoutSlash(input: Answered, pattern: string): readonly string[] {
  if (!pattern.includes('/')) return []
  const digits = digitsIn(input, pattern.replace(/\\?\//, ''))
  return digits.flatMap((one) => writings(one).filter((written) => new RegExp(pattern).test(written)))
}

/** A keyed number as it may be written: no key is a slash (`11111/11`), though some take `*` for one. */
function writings(keys: string): readonly string[] {
  const places = Array.from({ length: Math.max(0, keys.length - 1) }, (_, at) => at + 1)
  return [keys, ...places.map((at) => `${keys.slice(0, at)}/${keys.slice(at)}`)]
}
