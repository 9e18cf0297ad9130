import type { Answer } from '../../core/delivery.ts'
import { submissionId } from '../../core/event.ts'
import type { Account, Standing } from '../../core/facts.ts'
import type { Lookup, StoredConversation } from '../../core/store.ts'
import { type Speaker, standingSince } from '../facts.ts'
import { addReadings, conversationRead, type ReadingRow } from '../json-read.ts'
import { type Pairs, pairs } from '../pairs.ts'
import type { Session } from './session.ts'

const ANSWERS = {
  name: 'answers',
  text: 'SELECT id, answer FROM unnest($1::uuid[]) AS wanted (id) JOIN submission USING (id)',
}
const ANSWER = {
  name: 'answer',
  text: 'SELECT answer FROM submission WHERE id = $1::uuid AND channel = coalesce($2::text, channel)',
}
const CONVERSATIONS = {
  name: 'conversations',
  text: `SELECT channel, sender, state, accounts, expires_at
    FROM unnest($1::text[], $2::text[]) AS wanted (channel, sender) JOIN conversation USING (channel, sender)`,
}
const STANDING = {
  name: 'standing',
  text: `SELECT branch, account, period, meter, registers, order_at, event_id, by_operator
    FROM unnest($1::text[], $2::text[]) AS wanted (branch, account) JOIN reading USING (branch, account)
    WHERE period >= $3 ORDER BY period DESC, meter`,
}

/** Answers of those deliveries that have one, by channel and delivery id. */
export async function answersTo(
  lookups: readonly Pick<Lookup, 'channel' | 'deliveryId'>[],
  session: Session,
): Promise<Pairs<Answer>> {
  const keys = new Map(lookups.map((lookup) => [submissionId(lookup.channel, lookup.deliveryId), lookup]))
  const found = pairs<Answer>()
  if (keys.size === 0) return found
  const { rows } = await session.ask<[id: string, answer: string]>(ANSWERS, [[...keys.keys()]])
  for (const [id, answer] of rows) {
    const lookup = keys.get(id)
    if (lookup !== undefined) found.set(lookup.channel, lookup.deliveryId, JSON.parse(answer) as Answer)
  }
  return found
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether it may be the id of a submission; whoever asks for something else may be anybody. */
export const isUuid = (id: string): boolean => UUID.test(id)

/** The answer of one submission, or null; of one that came by that channel, where one is given. */
export async function answerOf(id: string, channel: string | null, session: Session): Promise<Answer | null> {
  if (!isUuid(id)) return null
  const { rows } = await session.ask<[answer: string]>(ANSWER, [id, channel])
  return rows[0] === undefined ? null : (JSON.parse(rows[0][0]) as Answer)
}

/** Conversations of those who are having one, by channel and sender; expired ones too. */
export async function conversationsOf(
  speakers: readonly Speaker[],
  session: Session,
): Promise<Pairs<StoredConversation>> {
  const found = pairs<StoredConversation>()
  if (speakers.length === 0) return found
  const values = [speakers.map(({ channel }) => channel), speakers.map(({ sender }) => sender)]
  const { rows } = await session.ask<[string, string, string, string, string]>(CONVERSATIONS, values)
  for (const [channel, sender, state, accounts, expiresAt] of rows) {
    found.set(channel, sender, conversationRead(state, accounts, expiresAt))
  }
  return found
}

/** Standing readings of the accounts, newest period first, by branch and account. Each account once. `now`: ISO instant. */
export async function standingOf(
  accounts: readonly Pick<Account, 'branch' | 'account'>[],
  { session, now }: { readonly session: Session; readonly now: string },
): Promise<Pairs<readonly Standing[]>> {
  const found = pairs<Standing[]>()
  if (accounts.length === 0) return found
  const numbers = accounts.map(({ account }) => account)
  const values = [accounts.map(({ branch }) => branch), numbers, standingSince(now)]
  const { rows } = await session.ask<ReadingRow>(STANDING, values)
  addReadings(found, rows)
  return found
}
