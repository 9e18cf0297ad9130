import type { Answer, Delivery, Item } from '../../src/core/delivery.ts'
import { submissionId } from '../../src/core/event.ts'
import { nothingWanted } from '../../src/core/store.ts'
import type { GatewayParts } from '../../src/gateway.ts'

/** A dialog of two outcomes, for tests of everything around it: digits are accepted, the rest is a call for help. */
export const digitsDialog: NonNullable<GatewayParts['dialog']> = () => ({
  lookup: ({ channel, deliveryId, sender, phone }) => ({ ...nothingWanted, channel, deliveryId, sender, phone }),
  decide: (delivery) => ({
    delivery,
    answer: answerOf(delivery),
    readings: [],
    events: [],
    conversation: undefined,
    settles: [],
    opens: false,
  }),
})

function answerOf({ channel, deliveryId, said }: Delivery): Answer {
  const text = textOf(said)
  if (text === 'break the gateway') throw new Error('a fault of the gateway')
  const item = itemOf(/^\d+$/.test(text))
  return {
    submissionId: submissionId(channel, deliveryId),
    outcomes: [item.outcome],
    text: text === 'say nothing' ? '' : `heard <${text.length}>`,
    items: [item],
  }
}

function textOf(said: Delivery['said']): string {
  if ('text' in said) return said.text
  if ('call' in said && said.call.kind === 'answered') return said.call.heard
  return 'chat' in said && said.chat.kind === 'text' ? said.chat.text : ''
}

function itemOf(isNumber: boolean): Item {
  return {
    outcome: isNumber ? { kind: 'accepted', flags: [] } : { kind: 'none', code: 'HELP' },
    branch: null,
    account: null,
    meter: null,
    service: null,
    period: null,
    values: [],
    proposal: null,
    missing: [],
    window: null,
  }
}
