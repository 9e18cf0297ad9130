import { outcomeHeader } from '../../schemas/outcome.ts'
import type { Branches } from '../../src/core/branch.ts'
import type { ChatButton, ChatInput, ChatMessage } from '../../src/core/chat.ts'
import type { Delivery, Language } from '../../src/core/delivery.ts'
import type { Standing } from '../../src/core/facts.ts'
import type { RegistryReader } from '../../src/core/registry.ts'
import type { Decision, StoredConversation } from '../../src/core/store.ts'
import { createDecide } from '../../src/dialog/decide.ts'
import { loadFacts, type Records } from '../../src/store/facts.ts'
import { pairs } from '../../src/store/pairs.ts'
import { branches, known, memoryRegistry, NOON } from './talk.ts'

/** What was said back to one input. */
export interface ChatHeard {
  readonly outcome: string
  readonly text: string
  readonly message: ChatMessage | undefined
  /** Labels of all buttons, in order. */
  readonly labels: readonly string[]
  readonly accepted: readonly { account: string; meter: string; period: string; registers: Record<string, string> }[]
  readonly flags: readonly string[]
  readonly decision: Decision
}

/** One user of a chat, who sees the buttons of the last message only. */
export interface ChatUser {
  type(text: string, at?: string): ChatHeard
  /** Presses the button of the last message whose label begins so. */
  tap(label: string, at?: string): ChatHeard
  /** Presses what stood behind a button of any message. */
  press(press: string, at?: string): ChatHeard
  send(input: ChatInput, at?: string): ChatHeard
  /** What stands behind the button of the last message whose label begins so. */
  behind(label: string): string
  stored(): StoredConversation | undefined
}

function pressOf(message: ChatMessage | undefined, label: string): string {
  const all = message?.buttons.flat() ?? []
  const found = all.find(
    (one): one is Extract<ChatButton, { kind: 'press' }> => one.kind === 'press' && one.label.startsWith(label),
  )
  if (found === undefined) throw new Error(`no button «${label}» among ${all.map((one) => one.label).join(' | ')}`)
  return found.press
}

/** Chats in memory: everything real but the store. */
export function chats(registry: RegistryReader = memoryRegistry(), house: Branches = branches) {
  const { lookup, decide } = createDecide({ branches: house })
  const spoken = new Map<string, StoredConversation>()
  const readings = new Map<string, Standing>()
  const records: Records = {
    answered: () => pairs(),
    conversations: (speakers) => known(speakers, ({ channel, sender }) => [channel, sender, spoken.get(sender)]),
    standing: (accounts) =>
      known(accounts, ({ branch, account }) => [
        branch,
        account,
        [...readings.values()].filter((one) => one.branch === branch && one.account === account),
      ]),
  }
  return (sender: string, language: Language = 'ru'): ChatUser => {
    let last: ChatMessage | undefined
    let count = 0
    const send = (chat: ChatInput, at: string = NOON): ChatHeard => {
      const delivery: Delivery = {
        channel: 'viber',
        eventChannel: 'VIBER',
        deliveryId: `${sender}/${++count}`,
        receivedAt: new Date(at).toISOString(),
        sender,
        phone: null,
        said: { chat },
        language,
      }
      const decision = decide(delivery, loadFacts([lookup(delivery)], { records, registry, now: at }))
      for (const one of decision.readings) readings.set(`${one.branch}/${one.account}/${one.meter}/${one.period}`, one)
      if (decision.conversation) spoken.set(sender, decision.conversation)
      last = decision.answer.messages?.at(-1) ?? last
      return heardOf(decision)
    }
    const press = (what: string, at?: string) => send({ kind: 'press', press: what }, at)
    return {
      send,
      press,
      type: (text, at) => send({ kind: 'text', text }, at),
      tap: (label, at) => press(pressOf(last, label), at),
      behind: (label) => pressOf(last, label),
      stored: () => spoken.get(sender),
    }
  }
}

function heardOf(decision: Decision): ChatHeard {
  const message = decision.answer.messages?.at(-1)
  const events = decision.events.filter(({ topic }) => topic === 'readings').map(({ data }) => JSON.parse(data))
  return {
    outcome: outcomeHeader(decision.answer.outcomes),
    text: message?.text ?? '',
    message,
    labels: (message?.buttons ?? []).flat().map(({ label }) => label),
    accepted: events.map(({ account, meter, period, registers }) => ({
      account,
      meter,
      period,
      registers: Object.fromEntries(
        registers.map(({ register, value }: { register: string; value: string }) => [register, value]),
      ),
    })),
    flags: events.flatMap(({ flags }) => flags),
    decision,
  }
}
