import type { ChatInput } from '../core/chat.ts'
import { normaliseSerial, writtenAccount } from '../language/normalise.ts'

/** Telegram takes at most 64 characters of `A-Z a-z 0-9 _ -` behind `start=`; Viber takes them as `context`. */
const CHARACTERS_MAX = 64
const PLAIN = /^[A-Za-z0-9]+(_[A-Za-z0-9]+)?$/
const CODED = 'b-'
/** Longest account and serial that a branch may have, with what stands around them in print. */
const PART_MAX = 40

/**
 * The account and meter of a chat's deep link: `ACCOUNT` or `ACCOUNT_SERIAL` where both are Latin letters and digits,
 * else `b-` and the base64url of the same text (`11111/11`, ЕЛС). As rules 3 and 4 write them; what has another form
 * says nothing. `inAnswer`: the channel says the welcome in its HTTP answer.
 */
export function openedBy(context: string, inAnswer: boolean): ChatInput {
  const nothing: ChatInput = { kind: 'opened', account: null, meter: null, inAnswer }
  const text = textOf(context)
  const [account = '', meter = '', ...more] = text.split('_')
  if (more.length > 0 || account.length > PART_MAX || meter.length > PART_MAX) return nothing
  const read = writtenAccount(account)
  if (!ACCOUNT.test(read)) return nothing
  return { kind: 'opened', account: read, meter: normaliseSerial(meter) || null, inAnswer }
}

const ACCOUNT = /^[\p{L}\p{N}][\p{L}\p{N}/-]*$/u

function textOf(context: string): string {
  if (context.length > CHARACTERS_MAX) return ''
  return context.startsWith(CODED) ? Buffer.from(context.slice(CODED.length), 'base64url').toString('utf8') : context
}

/** What a deep link carries for that account and meter; null: it does not fit. */
export function deepLinkOf(account: string, meter: string | null): string | null {
  const text = meter === null ? account : `${account}_${meter}`
  const link = PLAIN.test(text) ? text : CODED + Buffer.from(text).toString('base64url')
  return link.length > CHARACTERS_MAX ? null : link
}
