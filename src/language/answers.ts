/** Words of consent and refusal, and what turns them round or leaves them unclear (rule 14). */
import type { Context, Word } from './context.ts'
import { type Meaning, meaningOf } from './words.ts'

const ASIDE: ReadonlySet<Meaning['does']> = new Set(['previous', 'consumption', 'price', 'phone', 'ordinal'])

/** Said of something else than the reading that was asked about, or, with «да, сейчас», of what is yet to come. */
export function isAside(word: string, { does }: Meaning): boolean {
  return ASIDE.has(does) || word === 'сейчас'
}

/** What «не» turns into a refusal besides a word of consent: «не то», «не надо», «не такие», «не все». */
const REFUSED = /^(?:все|т[оаеу]|тот|эт[оаиу]|этот|так(?:ой|ая|ое|ие)|надо|нужно|мо[йяеи]|туда)$/

/** «Не верно» and «не то» refuse, «не ошибся» and «что не так» do not, «не понял» says nothing of a reading. */
export function denied({ text, words }: Context, { start, end }: Word): number {
  const [piece = '', next = ''] = DENIED.exec(text.slice(end, end + DENIED_LETTERS)) ?? []
  const does = meaningOf(next)?.does
  const isAsked = ASKED.test(text.slice(Math.max(0, start - ASKED_LETTERS), start))
  const refuses = !isAsked && (!/\p{L}/u.test(next) || does === 'yes' || REFUSED.test(next))
  words[refuses ? 'no' : 'other'] += 1
  return does === 'no' || does === 'yes' ? end + piece.length : end
}

/** What «не» denies: «не все верно», «не надо отменять». */
const DENIED =
  /^[\s,]*(?:(?:все|совсем|очень|вполне) (?=\p{L})|(?:надо|нужно) (?=отмен|исправ|измен|менять))?(\p{L}+|\d)?/u
/** How far behind «не» the word may end that it denies. */
const DENIED_LETTERS = 24
/** «Что не так», «почему не верно». */
const ASKED = /(?<!\p{L})(?:что|чем|почему) $/u
const ASKED_LETTERS = 8

/** Behind a no it leaves neither clear: «нет, верно»; but «нет, конечно» is a no. */
const CONSENT = /^(?:да|ага|угу|верн|правильн|принимайте|подтвер|согл|yes|yep|da$|verno|confirm|correct)/

/** «Прошу подтвердить» wants a yes, and is none. */
const WANTED = /(?<!\p{L})прошу (?:вас )?$/u
const WANTED_LETTERS = 12

/** A word of consent or refusal. */
export function answered({ words, text }: Context, { word, start }: Word, does: 'yes' | 'no'): void {
  if (does === 'yes' && words.no > 0 && CONSENT.test(word)) words.either += 1
  if (does === 'yes' && WANTED.test(text.slice(Math.max(0, start - WANTED_LETTERS), start))) words.aside += 1
  words[does] += 1
}
