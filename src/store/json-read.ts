/** What stands as JSON in a column, read as what another version may have written, or somebody spoilt. */
import { z } from 'zod'
import type { ChatMessage, Receipt } from '../core/chat.ts'
import type { Standing } from '../core/facts.ts'
import type { StoredConversation } from '../core/store.ts'
import { append, type Pairs } from './pairs.ts'

const Accounts = z.array(z.string())

const label = z.string()
const Message = z.object({
  text: z.string(),
  buttons: z.array(
    z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('press'), label, press: z.string() }),
        z.object({ kind: z.literal('contact'), label }),
      ]),
    ),
  ),
}) satisfies z.ZodType<ChatMessage>

/** null: nobody here understands it. */
function read<Value>(shape: z.ZodType<Value>, json: string): Value | null {
  try {
    return shape.parse(JSON.parse(json))
  } catch {
    return null
  }
}

/** A conversation of a row. Where its accounts are not understood, its state isn't either: that is said by an empty one. */
export function conversationRead(state: string, accounts: string, expiresAt: string): StoredConversation {
  const numbers = read(Accounts, accounts)
  return numbers === null ? { state: '', accounts: [], expiresAt } : { state, accounts: numbers, expiresAt }
}

/** A standing reading's row. */
export type ReadingRow = readonly [
  branch: string,
  account: string,
  period: string,
  meter: string,
  registers: string,
  orderAt: string,
  eventId: string,
  byOperator: boolean | number,
]

/** Adds the readings of their rows, by branch and account, in the order of the rows. */
export function addReadings(to: Pairs<Standing[]>, rows: readonly ReadingRow[]): void {
  for (const [branch, account, period, meter, json, orderAt, eventId, byOperator] of rows) {
    const registers = JSON.parse(json) as Standing['registers']
    const reading = { branch, account, meter, period, registers, orderAt, eventId, byOperator: Boolean(byOperator) }
    append(to, branch, account, reading)
  }
}

/** A receipt's row. */
export type ReceiptRow = readonly [
  seq: number | string,
  channel: string,
  to: string,
  message: string,
  submissionId: string,
  tries: number,
]

/** The receipts of their rows, in the order of `seq`. */
export function receiptsRead(rows: readonly ReceiptRow[]): readonly Receipt[] {
  return rows.map(receiptRead).sort((one, other) => one.seq - other.seq)
}

function receiptRead([seq, channel, to, json, submissionId, tries]: ReceiptRow): Receipt {
  return { seq: Number(seq), channel, to, ...messageRead(json), submissionId, tries }
}

function messageRead(json: string): Pick<Receipt, 'message' | 'isUnreadable'> {
  const message = read(Message, json)
  return message === null ? { message: { text: '', buttons: [] }, isUnreadable: true } : { message }
}
