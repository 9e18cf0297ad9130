import type { Standing } from '../../src/core/facts.ts'
import type { Decision, Facts, StoredConversation } from '../../src/core/store.ts'
import { legibleState } from '../../src/dialog/conversation/legible-state.ts'
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
    /** Takes down what a decision leaves; throws where a later one would not understand it. */
    take({ delivery, conversation, readings: fresh }: Decision) {
      const { channel, sender } = delivery
      for (const one of fresh) readings.set(`${one.branch}/${one.account}/${one.meter}/${one.period}`, one)
      if (!conversation || sender === null) return
      conversations.set(channel, sender, conversation)
      if (legibleState(delivery, knowing(conversation)).startsAnew)
        throw new Error(`not understood: ${conversation.state}`)
    },
    /** Writes another state over the one of a conversation. */
    overwrite(channel: string, sender: string, write: (state: string) => string) {
      const before = conversations.get(channel, sender)
      if (before === undefined) throw new Error('there is no conversation')
      conversations.set(channel, sender, { ...before, state: write(before.state) })
    },
  }
}

/** Facts with nothing but a conversation. */
function knowing(conversation: StoredConversation): Facts {
  const none = () => []
  return {
    registry: 'ready',
    answered: () => undefined,
    conversation: () => conversation,
    byAccount: none,
    byAlias: none,
    byPhone: none,
    standing: none,
    apply: () => undefined,
  }
}

/** What is known of some keys, as a store gives it; what is unknown is left out. */
function known<K, V>(keys: readonly K[], entry: (key: K) => [string, string, V | undefined]): Pairs<V> {
  const found = pairs<V>()
  for (const [first, second, value] of keys.map(entry)) if (value !== undefined) found.set(first, second, value)
  return found
}
