/** What stands behind a button: short, in ASCII, and nothing personal in it. */
import { hash } from 'node:crypto'
import type { Language } from '../../core/delivery.ts'
import type { Open } from '../conversation/state.ts'

/** A button of the menu, or of a way to be bound. */
export type MenuItem = 'pass' | 'meters' | 'sent' | 'help' | 'bind' | 'cancel'

/** What a button of ours does. */
export type Press =
  | { readonly kind: 'menu'; readonly item: MenuItem }
  | { readonly kind: 'language'; readonly language: Language }
  /** Passes a reading of a meter, also in the place of one that was accepted. */
  | { readonly kind: 'meter'; readonly meter: string }
  | { readonly kind: 'unbind'; readonly id: number }
  /** Answers one open question. */
  | { readonly kind: 'yes' | 'no' | 'fix'; readonly question: string }
  /** Says which meter the values of an open question are of. */
  | { readonly kind: 'choose'; readonly question: string; readonly meter: string }

/** The strictest messenger (Telegram) takes that much behind a button. */
export const PRESS_BYTES_MAX = 64

const MENU: ReadonlySet<string> = new Set<MenuItem>(['pass', 'meters', 'sent', 'help', 'bind', 'cancel'])

/** A text that begins so was pressed, not typed: some messengers send both in one way. */
const MARK = '~'

/** Whether a text is what we put behind a button. */
export function isPress(text: string): boolean {
  return text.length <= PRESS_BYTES_MAX && /^~[a-z]+(?:\.[0-9a-z]+)*$/.test(text)
}

/** A press as it stands behind the button. */
export function written(press: Press): string {
  return MARK + partsOf(press).join('.')
}

function partsOf(press: Press): readonly (string | number)[] {
  if (press.kind === 'menu') return [press.item]
  if (press.kind === 'language') return ['language', press.language]
  if (press.kind === 'meter') return ['meter', press.meter]
  if (press.kind === 'unbind') return ['unbind', press.id]
  if (press.kind === 'choose') return ['choose', press.question, press.meter]
  return [press.kind, press.question]
}

/** What was pressed; null: no button of ours. */
export function readPress(text: string): Press | null {
  if (!isPress(text)) return null
  const [kind = '', ...rest] = text.slice(MARK.length).split('.')
  const [first = '', second = '', third = ''] = rest
  if (rest.length === 0) return MENU.has(kind) ? { kind: 'menu', item: kind as MenuItem } : null
  if (kind === 'language') return first === 'ru' || first === 'en' ? { kind, language: first } : null
  if (kind === 'meter') return { kind, meter: first }
  if (kind === 'unbind') return { kind, id: Number(first) }
  if (kind === 'choose') return { kind, question: `${first}.${second}`, meter: third }
  return kind === 'yes' || kind === 'no' || kind === 'fix' ? { kind, question: `${first}.${second}` } : null
}

/** Names a meter of the few that a chat knows: 32 bits of a digest, from which no serial can be told. */
export function meterRef(one: { readonly branch: string; readonly account: string; readonly meter: string }): string {
  return hash('sha256', `${one.branch}/${one.account}/${one.meter}`, 'hex').slice(0, 8)
}

/** Names an open question by the submission that asked it, and by its meter where that asked about several. */
export function questionRef({ submission, about, code }: Open): string {
  const what = about?.meter == null ? code : meterRef({ ...about, meter: about.meter })
  return `${submission.slice(0, 8)}.${hash('sha256', what, 'hex').slice(0, 6)}`
}
