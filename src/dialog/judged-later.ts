/** What was kept while there was no registry, judged now that there is one (rule 25). Nobody hears of it. Pure. */
import { answeredAt, type Delivery, type Item } from '../core/delivery.ts'
import { submissionId } from '../core/event.ts'
import { originalOf, RegistryAway } from '../core/judged-later.ts'
import type { Decision, Facts, StoredConversation } from '../core/store.ts'
import type { StoredChat } from './chat/state.ts'
import { jsonOf } from './conversation/state.ts'

/**
 * Decides a follow-up as its original would be decided: ids, window and period are the original's. Nobody can be asked
 * any more, so that what would be asked is held; no reply leaves, and the conversation goes on as if nothing had been.
 * Throws RegistryAway where there is no registry again.
 */
export function decideLater(
  followUp: Delivery,
  facts: Facts,
  decide: (delivery: Delivery, facts: Facts) => Decision,
): Decision {
  if (facts.registry !== 'ready') throw new RegistryAway()
  const { answer, readings, events, settles, slip, slipVerdict } = decide(
    originalOf(followUp),
    factsOf(followUp, facts),
  )
  const items = answer.items.map(unasked)
  const isAsked = answer.outcomes.some(({ kind }) => kind === 'asked')
  return {
    // The words stay with the original, and are purged with it.
    delivery: { ...followUp, said: { text: '' } },
    answer: {
      submissionId: submissionId(followUp.channel, followUp.deliveryId),
      outcomes: items.map(({ outcome }) => outcome),
      text: '',
      items,
    },
    readings,
    events,
    conversation: undefined,
    settles: isAsked ? [] : settles,
    ...(slip !== undefined && { slip }),
    ...(slipVerdict !== undefined && { slipVerdict }),
    opens: false,
  }
}

function unasked(item: Item): Item {
  return item.outcome.kind === 'asked' ? { ...item, outcome: { kind: 'held', code: item.outcome.code } } : item
}

function factsOf(followUp: Delivery, facts: Facts): Facts {
  return {
    ...facts,
    conversation(channel, sender, at) {
      const talk = facts.conversation(channel, sender, at)
      return talk === undefined ? undefined : asItWas(talk, answeredAt(followUp))
    },
  }
}

/**
 * The conversation as the original met it, as far as that is still known. One that went on since then may be about
 * another meter now: its questions are not this message's. One that did not was last heard of when it asked.
 */
function asItWas(talk: StoredConversation, heardAt: string): StoredConversation {
  const { o: open = [], k: _, c, ...rest } = jsonOf(talk.state) as StoredChat
  if (Date.parse(rest.at) <= Date.parse(heardAt)) {
    const at =
      open
        .map(({ askedAt }) => askedAt)
        .sort()
        .at(-1) ?? rest.at
    return { ...talk, state: JSON.stringify({ ...rest, at, o: open, c }) }
  }
  const { binding: __, recent: ___, ...chat } = c ?? {}
  return { ...talk, state: JSON.stringify({ ...rest, c: chat }) }
}
