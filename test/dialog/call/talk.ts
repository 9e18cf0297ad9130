import { outcomeHeader } from '../../../schemas/outcome.ts'
import type { Branches } from '../../../src/core/branch.ts'
import type { CallInput, Spoken } from '../../../src/core/call.ts'
import type { Delivery } from '../../../src/core/delivery.ts'
import type { RegistryReader } from '../../../src/core/registry.ts'
import type { Decision } from '../../../src/core/store.ts'
import { type CallState, newCall } from '../../../src/dialog/call/state.ts'
import { createDialog } from '../../../src/dialog/decide.ts'
import { loadFacts } from '../../../src/store/facts.ts'
import { memoryStore } from '../memory-store.ts'
import { branches, fixtureRegistry, NOON } from '../talk.ts'

/** One step of a call, and what came of it. */
export interface Stepped extends Spoken {
  readonly outcome: string
  /** Where the call stands after it. */
  readonly stage: CallState['stage']
  readonly decision: Decision
}

/** A call in memory: everything real but the store. `#1` keys, `…` silence, `.` hangs up, anything else is said. */
export function calling(
  from: string,
  { registry = fixtureRegistry, house = branches as Branches, at = NOON, call = 'test:1' } = {},
) {
  const { lookup, decide } = createDialog({ branches: house })
  const store = memoryStore()
  let away = false
  let now = at
  let count = 0
  const stateNow = (): CallState => ({ ...newCall, ...JSON.parse(store.conversationOf('ivr', call)?.state ?? '{}') })
  function step(input: CallInput): Stepped {
    const delivery: Delivery = {
      channel: 'ivr',
      eventChannel: 'IVR',
      deliveryId: `${call}/${++count}`,
      receivedAt: new Date(now).toISOString(),
      sender: call,
      phone: from,
      said: { call: input },
      language: 'ru',
    }
    const down: RegistryReader = { ...registry, state: () => 'down' }
    const facts = loadFacts([lookup(delivery)], { records: store.records, registry: away ? down : registry, now })
    const decision = decide(delivery, facts)
    store.take(decision)
    const { spoken = { say: [], expect: null }, outcomes } = decision.answer
    return { ...spoken, outcome: outcomeHeader(outcomes), stage: stateNow().stage, decision }
  }
  return {
    step,
    start: () => step({ kind: 'started' }),
    say: (does: string) => step(inputOf(does, stateNow().step)),
    state: stateNow,
    /** From now on it is that instant. */
    goesOn(instant: string) {
      now = instant
    },
    /** The registry is gone from now on, or back. */
    registryAway(isAway: boolean) {
      away = isAway
    },
  }
}

/** What a short word of a script does. */
function inputOf(does: string, step: string | null): CallInput {
  if (does === '.') return { kind: 'ended' }
  const digits = does.startsWith('#') ? does.slice(1) : ''
  return { kind: 'answered', step, digits, heard: digits === '' && does !== '…' ? does : '' }
}

/** Plays a whole call; returns its last step. */
export function called(from: string, turns: readonly string[], more: Parameters<typeof calling>[1] = {}): Stepped {
  const { start, say } = calling(from, more)
  let last = start()
  for (const turn of turns) last = say(turn)
  return last
}
