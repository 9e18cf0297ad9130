import type { Standing } from '../../src/core/facts.ts'
import type { Decision, StoredConversation } from '../../src/core/store.ts'
import type { Records } from '../../src/store/facts.ts'
import { type Pairs, pairs } from '../../src/store/pairs.ts'

/** What a dialog leaves, in memory: one conversation a channel and sender, one reading a meter and period. */
export function memoryStore() {
  const conversations = pairs<StoredConversation>()
  const readings = new Map<string, Standing>()
  const standingOf = (branch: string, account: string) =>
    [...readings.values()].filter((one) => one.branch === branch && one.account === account)
  const records: Records = {
    answered: () => pairs(),
    conversations: (speakers) =>
      known(speakers, ({ channel, sender }) => [channel, sender, conversations.get(channel, sender)]),
    standing: (accounts) => known(accounts, ({ branch, account }) => [branch, account, standingOf(branch, account)]),
  }
  return {
    records,
    conversationOf: conversations.get,
    /** Takes down what a decision leaves. */
    take({ delivery: { channel, sender }, conversation, readings: fresh }: Decision) {
      for (const one of fresh) readings.set(`${one.branch}/${one.account}/${one.meter}/${one.period}`, one)
      if (conversation && sender !== null) conversations.set(channel, sender, conversation)
    },
  }
}

/** What is known of some keys, as a store gives it; what is unknown is left out. */
function known<K, V>(keys: readonly K[], entry: (key: K) => [string, string, V | undefined]): Pairs<V> {
  const found = pairs<V>()
  for (const [first, second, value] of keys.map(entry)) if (value !== undefined) found.set(first, second, value)
  return found
}
