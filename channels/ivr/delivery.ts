import { hash } from 'node:crypto'
import { senderPhone } from '../../src/channel/phone.ts'
import type { CallInput } from '../../src/core/call.ts'
import type { Delivery } from '../../src/core/delivery.ts'

/** A step of a call as a route read it. */
export interface Step {
  /** The platform's id of the call, with a prefix that keeps ids of several platforms apart. */
  readonly call: string
  readonly from: string
  readonly input: CallInput
  /** ISO instant. */
  readonly receivedAt: string
}

/** A step as a delivery: the call is who talks, and call and step name what is said, so that it counts once. */
export function deliveryOf({ call, from, input, receivedAt }: Step): Delivery {
  return {
    channel: 'ivr',
    eventChannel: 'IVR',
    deliveryId: `${call}/${nameOf(input, receivedAt)}`,
    receivedAt,
    sender: call,
    phone: senderPhone(from),
    said: { call: input },
    language: 'ru',
  }
}

/** A platform that doesn't say which question it answers can't bring an answer twice: each is a new one. */
function nameOf(input: CallInput, receivedAt: string): string {
  if (input.kind !== 'answered') return input.kind
  return input.step ?? `${receivedAt}-${hash('sha256', `${input.digits}\n${input.heard}`, 'hex').slice(0, 16)}`
}
