/** Outcomes in words, for channels of plain text (rule 15). */
import type { Item, Language, ShownValue } from '../core/delivery.ts'
import { dayOf, monthOf } from '../core/period.ts'
import { en } from './messages.en.ts'
import { ru } from './messages.ru.ts'
import type { Messages, Words } from './messages.ts'

/** One SMS part in UCS-2 (rule 15). */
export const PART_LETTERS = 70
/** What two joined parts hold: 67 characters each. */
export const TWO_PARTS_LETTERS = 134

/** The sentences of a language. */
export function messagesIn(language: Language): Messages {
  return language === 'en' ? en : ru
}

/** What is said about one item; throws where a language has no words for its outcome, which a test rules out. */
export function sentence(item: Item, messages: Messages): string {
  const words = wordsOf(item, messages)
  if (item.outcome.kind === 'accepted') return messages.accepted(words)
  if (item.outcome.kind === 'duplicate') return messages.duplicate(words)
  const said = messages[item.outcome.kind][item.outcome.code]
  if (said === undefined) throw new Error(`no words for ${item.outcome.kind} ${item.outcome.code}`)
  const full = said(words)
  return full.length <= TWO_PARTS_LETTERS ? full : said({ ...words, values: '' })
}

/** A sentence that is about no meter; `window`: the one that is open next, where it is about that. */
export function bareSentence(say: ((words: Words) => string) | undefined, window = ''): string {
  return say?.({ ...nothingKnown, window }) ?? ''
}

const nothingKnown: Words = {
  meter: '',
  values: '',
  proposal: '',
  isOtherMeter: false,
  missing: '',
  month: '',
  outOfWindow: false,
  oldAccount: false,
  window: '',
  wanted: 0,
}

/** When the next window is open, in words. */
export function windowText({ opensOn, closesOn }: NonNullable<Item['window']>, { window }: Messages): string {
  return window(dayOf(opensOn), dayOf(closesOn), monthOf(opensOn))
}

/** What a sentence about an item may say. */
export function wordsOf(item: Item, messages: Messages): Words {
  const flags = item.outcome.kind === 'accepted' ? item.outcome.flags : []
  return {
    meter: tail(item.meter),
    values: listed(item.values, messages),
    proposal: proposed(item, messages),
    isOtherMeter: isOtherMeter(item),
    missing: item.missing.length === 0 ? '' : zonesOf(item.missing, messages),
    month: item.period === null ? '' : (messages.months[monthOf(item.period) - 1] ?? ''),
    outOfWindow: flags.includes('OUT_OF_WINDOW'),
    oldAccount: flags.includes('OLD_ACCOUNT'),
    window: item.window === null ? '' : windowText(item.window, messages),
    wanted: item.values.length,
  }
}

function zonesOf(missing: Item['missing'], { zones }: Messages): string {
  return missing
    .map(({ zone }) => zones[zone])
    .filter(Boolean)
    .join(', ')
}

/** The values that are proposed, or the other meter that the same values are proposed for (rule 21). */
function proposed({ meter, proposal }: Item, messages: Messages): string {
  if (proposal === null) return ''
  return isOtherMeter({ meter, proposal })
    ? messages.otherMeter(tail(proposal.meter))
    : listed(proposal.values, messages)
}

function isOtherMeter({ meter, proposal }: Pick<Item, 'meter' | 'proposal'>): boolean {
  return proposal !== null && proposal.meter !== meter
}

function tail(meter: string | null): string {
  return meter === null ? '' : `*${meter.slice(-4)}`
}

/** `56311`, `61036,5`, or `день 30035, ночь 44105`. */
export function listed(values: readonly ShownValue[], messages: Messages): string {
  return values.map(({ zone, value }) => `${messages.zones[zone]} ${written(value, messages)}`.trim()).join(', ')
}

/** A value as the language writes it: `61036,5`. */
export function written(value: string, { decimalMark }: Messages): string {
  return value.replace('.', decimalMark)
}
