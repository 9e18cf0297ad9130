/** The reply to all items of a text: each in full where there is room, else meter by meter (rules 10 and 15). Pure. */
import type { Item, Language } from '../core/delivery.ts'
import { takesYes } from './conversation/state.ts'
import type { Messages } from './messages.ts'
import { messagesIn, PART_LETTERS, sentence, TWO_PARTS_LETTERS, wordsOf } from './render.ts'

/** A reply, and the questions that there was no room for: a yes can't be meant for them. */
export interface Told {
  readonly text: string
  readonly unasked: readonly Item[]
}

/** The reply to all items of one message: at most two SMS parts, whatever there is to say. */
export function renderItems(items: readonly Item[], language: Language): Told {
  const messages = messagesIn(language)
  const [only, another] = items
  const text = only === undefined || another !== undefined ? null : sentence(only, messages)
  return text === null || text.length > TWO_PARTS_LETTERS ? severalText(items, messages) : { text, unasked: nothing }
}

const nothing: readonly Item[] = []

/** One SMS part where nothing is asked and it can be, else two at most. */
function severalText(items: readonly Item[], messages: Messages): Told {
  const full = distinct(items.map((item) => sentence(item, messages))).join(' ')
  const sorted = sortedOf(items)
  const withValues = inLists(sorted, messages, true)
  if (full.length > PART_LETTERS && sorted.doubtful.length === 0 && withValues.length <= PART_LETTERS) {
    return { text: withValues, unasked: nothing }
  }
  const bare = inLists(sorted, messages, false)
  const text = [full, withValues, bare].find(({ length }) => length <= TWO_PARTS_LETTERS)
  return text === undefined ? counted(items, sorted, messages) : { text, unasked: nothing }
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

interface Sorted {
  readonly accepted: readonly Item[]
  readonly duplicate: readonly Item[]
  /** Held for what their values are. */
  readonly held: readonly Item[]
  /** Asked, and a yes answers. */
  readonly doubtful: readonly Item[]
  readonly others: readonly Item[]
}

const HELD_VALUES: ReadonlySet<string> = new Set(['BELOW_PREVIOUS', 'OVER_CAP', 'OPERATOR_STANDS'])

function sortedOf(items: readonly Item[]): Sorted {
  const isHeld = ({ outcome }: Item) => outcome.kind === 'held' && HELD_VALUES.has(outcome.code)
  const accepted = items.filter(({ outcome }) => outcome.kind === 'accepted')
  const duplicate = items.filter(({ outcome }) => outcome.kind === 'duplicate')
  const held = items.filter(isHeld)
  const doubtful = items.filter(isDoubtful)
  const others = items.filter((item) => ![accepted, duplicate, held, doubtful].some((some) => some.includes(item)))
  return { accepted, duplicate, held, doubtful, others }
}

function isDoubtful({ outcome, proposal }: Item): boolean {
  return outcome.kind === 'asked' && takesYes(outcome.code, proposal)
}

/** What was taken down, then what is to be done. */
function inLists({ accepted, duplicate, held, doubtful, others }: Sorted, messages: Messages, hasValues: boolean) {
  const list = (items: readonly Item[]) => listOf(items, messages, hasValues)
  return [
    ...byMonth(accepted, messages).map(([month, items]) => messages.acceptedAll(list(items), month)),
    ...(accepted.some((item) => wordsOf(item, messages).oldAccount) ? [messages.newAccount] : []),
    ...byMonth(duplicate, messages).map(([month, items]) => messages.duplicateAll(list(items), month)),
    ...(held.length > 0 ? [messages.heldAll(list(held))] : []),
    ...distinct(others.map((item) => sentence(item, messages))),
    ...question(doubtful, messages),
  ].join(' ')
}

function listOf(items: readonly Item[], messages: Messages, hasValues: boolean): string {
  const lines = items.map((item) => {
    const { meter, values } = wordsOf(item, messages)
    return hasValues && values !== '' ? `${meter} ${values}` : meter
  })
  return lines.join('; ')
}

function byMonth(items: readonly Item[], messages: Messages): readonly (readonly [string, readonly Item[]])[] {
  return [...Map.groupBy(items, (item) => wordsOf(item, messages).month)]
}

/** All doubtful values in one question. */
function question(items: readonly Item[], messages: Messages): readonly string[] {
  if (items.length === 0) return []
  const lines = items.map((item) => {
    const words = wordsOf(item, messages)
    return messages.askedOne(isLookAlike(item) ? { ...words, values: '' } : words)
  })
  return [messages.askedAll(lines.join('; '))]
}

/** `16З049` looks like its repair: to show both would be no question. */
function isLookAlike({ outcome }: Item): boolean {
  return outcome.kind === 'asked' && outcome.code === 'BAD_VALUE'
}

/** Where there is no room for the meters: how many were taken down, and as many questions and refusals as can be said. */
function counted(items: readonly Item[], { doubtful, others }: Sorted, messages: Messages): Told {
  const isOf = (...kinds: readonly string[]) => items.filter(({ outcome }) => kinds.includes(outcome.kind))
  const [done, held] = [isOf('accepted', 'duplicate'), isOf('held')]
  const [month = '', another] = byMonth(done, messages).map(([name]) => name)
  const refusals = distinct(
    others.filter(({ outcome }) => outcome.kind !== 'held').map((one) => sentence(one, messages)),
  )
  const told = (asked: number, refused: number) =>
    [
      messages.acceptedSome(done.length, items.length, another === undefined ? month : ''),
      ...(held.length > 0 ? [messages.heldSome(held.length)] : []),
      ...refusals.slice(0, refused),
      ...(doubtful.length > asked || refusals.length > refused ? [messages.sendOthers] : []),
      ...question(doubtful.slice(0, asked), messages),
    ].join(' ')
  const most = (all: readonly unknown[], text: (count: number) => string) => {
    let count = all.length
    while (count > 0 && text(count).length > TWO_PARTS_LETTERS) count--
    return count
  }
  const asked = most(doubtful, (count) => told(count, 0))
  const refused = most(refusals, (count) => told(asked, count))
  return { text: told(asked, refused), unasked: doubtful.slice(asked) }
}
