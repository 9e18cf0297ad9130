import { outcomeHeader } from '../../../schemas/outcome.ts'
import type { Branches } from '../../../src/core/branch.ts'
import type { ChatButton, ChatInput, ChatMessage } from '../../../src/core/chat.ts'
import type { Delivery, Language } from '../../../src/core/delivery.ts'
import type { RegistryReader } from '../../../src/core/registry.ts'
import type { Decision, StoredConversation } from '../../../src/core/store.ts'
import { createDialog } from '../../../src/dialog/decide.ts'
import { loadFacts } from '../../../src/store/facts.ts'
import { memoryStore } from '../memory-store.ts'
import { type Accepted, acceptedIn, branches, fixtureRegistry, NOON } from '../talk.ts'

/** What was said back to one input. */
export interface ChatHeard {
  readonly outcome: string
  readonly text: string
  readonly message: ChatMessage | undefined
  /** Labels of all buttons, in order. */
  readonly labels: readonly string[]
  readonly accepted: readonly Accepted[]
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
export function chats(registry: RegistryReader = fixtureRegistry, house: Branches = branches) {
  const { lookup, decide } = createDialog({ branches: house })
  const store = memoryStore()
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
      const decision = decide(delivery, loadFacts([lookup(delivery)], { records: store.records, registry, now: at }))
      store.take(decision)
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
      stored: () => store.conversationOf('viber', sender),
    }
  }
}

function heardOf(decision: Decision): ChatHeard {
  const message = decision.answer.messages?.at(-1)
  return {
    outcome: outcomeHeader(decision.answer.outcomes),
    text: message?.text ?? '',
    message,
    labels: (message?.buttons ?? []).flat().map(({ label }) => label),
    accepted: acceptedIn(decision),
    flags: decision.answer.outcomes.flatMap((one) => (one.kind === 'accepted' ? one.flags : [])),
    decision,
  }
}
