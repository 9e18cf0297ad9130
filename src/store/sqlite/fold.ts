import type { DatabaseSync } from 'node:sqlite'
import type { Standing } from '../../core/facts.ts'
import type { StoredConversation } from '../../core/store.ts'
import type { Pairs } from '../pairs.ts'
import type { Known } from './known.ts'
import type { Layer } from './layer.ts'
import { id48Of, type Place, packPlaces, partOf } from './places.ts'

/** How far a fold is: a kind of rows, and how many of that kind are written. */
export interface FoldPlace {
  readonly kind: number
  readonly at: number
}

/** Where a fold begins. */
export const foldStart: FoldPlace = { kind: 0, at: 0 }

/**
 * Writes at most so many rows of a layer, from a place on, in the caller's transaction; gives back the next place, null
 * where all of the layer is written. Rows may be written again, after a crash or a transaction that failed, with the
 * same end.
 */
export type Fold = (from: FoldPlace, rows: number) => FoldPlace | null

/** The rows of one kind, in the order of their table's key. */
interface Rows {
  readonly count: number
  write(at: number): void
}

/**
 * Folds layers of the journal into the tables that look-ups read. Thousands of submissions at a time and in the order of
 * the tables' keys, so that each page is written once a layer: written batch by batch, those pages would be most of
 * what a message costs. Some rows with every batch, so that nobody waits for a whole layer.
 */
export function sqliteFold(database: DatabaseSync, known: Known): (layer: Layer) => Fold {
  const rowsOfPlaces = placeRows(database, known)
  const kinds = [
    ...FIRST_DIGITS.map((digit) => (layer: Folded) => rowsOfPlaces(layer, digit)),
    readingRows(database),
    conversationRows(database, known),
  ]
  const mark = database.prepare('UPDATE store_state SET folded_to = max(folded_to, ?)')
  return (filled) => {
    const layer = foldedOf(filled)
    // A kind is put in order when its turn comes, and ids are sixteen kinds: all at once would be a pause that is felt.
    const ready: (Rows | undefined)[] = []
    return ({ kind, at }, rows) => {
      for (let left = rows; ; kind++, at = 0) {
        ready[kind] ??= kinds[kind]?.(layer)
        const ofKind = ready[kind]
        if (ofKind === undefined) break
        const end = Math.min(ofKind.count, at + left)
        left -= end - at
        for (; at < end; at++) ofKind.write(at)
        if (at < ofKind.count || left <= 0) return { kind, at }
      }
      mark.run(layer.last)
      return null
    }
  }
}

/** A layer that is folded, with what would else be looked for in all of it for each kind of ids. */
interface Folded extends Layer {
  readonly idsByDigit: ReadonlyMap<string, readonly string[]>
  /** The number of its last submission. */
  readonly last: number
}

function foldedOf(layer: Layer): Folded {
  let last = 0
  for (const number of layer.numbers.values()) last = number
  return { ...layer, last, idsByDigit: Map.groupBy(layer.numbers.keys(), (id) => id.charAt(0)) }
}

/** What an id begins with. */
const FIRST_DIGITS = [...'0123456789abcdef']

/** The places of the ids that begin with a digit: a row for each part of them. */
function placeRows(database: DatabaseSync, { ids: known }: Known): (layer: Folded, digit: string) => Rows {
  const replace = database.prepare('INSERT OR REPLACE INTO place_part (part, last, places) VALUES (?, ?, ?)')
  return ({ numbers, idsByDigit, last }, digit) => {
    const places =
      idsByDigit.get(digit)?.map((id): Place => ({ id48: id48Of(id), number: numbers.get(id) as number })) ?? []
    const parts = [...Map.groupBy(places, ({ id48 }) => partOf(id48))]
    return {
      count: parts.length,
      write(at) {
        const [part, ofPart] = parts[at] as (typeof parts)[number]
        for (const { id48 } of ofPart) known.add(id48)
        replace.run(part, last, packPlaces(ofPart))
      },
    }
  }
}

/** Of each meter and period the last one. */
function readingRows(database: DatabaseSync): (layer: Layer) => Rows {
  const replace = database.prepare(
    `INSERT OR REPLACE INTO reading (branch, account, period, meter, registers, order_at, event_id, by_operator)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return ({ readings }) => {
    const last = inKeyOrder(readings).flatMap(([, , ofAccount]) => lastReadings(ofAccount))
    return {
      count: last.length,
      write(at) {
        const { branch, account, period, meter, registers, orderAt, eventId, byOperator } = last[at] as Standing
        const values = JSON.stringify(registers)
        replace.run(branch, account, period, meter, values, orderAt, eventId, byOperator ? 1 : 0)
      },
    }
  }
}

function lastReadings(ofAccount: readonly Standing[]): readonly Standing[] {
  if (ofAccount.length === 1) return ofAccount
  const last = new Map(ofAccount.map((reading) => [`${reading.period} ${reading.meter}`, reading]))
  return [...last.values()]
}

/** An idle conversation stays in memory; what the table had of it is over. */
function conversationRows(database: DatabaseSync, { senders: known }: Known): (layer: Layer) => Rows {
  const replace = database.prepare(
    'INSERT OR REPLACE INTO conversation (channel, sender, state, accounts, expires_at) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = database.prepare('DELETE FROM conversation WHERE channel = ? AND sender = ?')
  return ({ conversations }) => {
    const left = inKeyOrder(conversations, (sender, said) => isOpen(said) || known.mayHold(sender))
    return {
      count: left.length,
      write(at) {
        const [channel, sender, said] = left[at] as (typeof left)[number]
        if (!isOpen(said)) {
          remove.run(channel, sender)
          return
        }
        known.add(sender)
        replace.run(channel, sender, said.state, JSON.stringify(said.accounts), said.expiresAt)
      },
    }
  }
}

function isOpen(said: StoredConversation | null): said is StoredConversation {
  return said !== null && said.isIdle !== true
}

/** Those that are wanted, as SQLite sorts text: by bytes, of which those above ASCII don't stand in keys. */
function inKeyOrder<Value>(
  of: Pairs<Value>,
  isWanted: (second: string, value: Value) => boolean = () => true,
): [first: string, second: string, value: Value][] {
  const firsts = [...of.groups()].sort(([a], [b]) => (a < b ? -1 : 1))
  return firsts.flatMap(([first, bySecond]) => {
    const seconds: string[] = []
    for (const [second, value] of bySecond) if (isWanted(second, value)) seconds.push(second)
    return seconds.sort().map((second): [string, string, Value] => [first, second, bySecond.get(second) as Value])
  })
}
