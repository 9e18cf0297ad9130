/**
 * Whether what the store kept of a conversation can be read: another version may have written it, or it was spoilt. Pure.
 *
 * What is not understood is treated in one way: the conversation starts anew, with what can't be misread (an opt-out, the
 * accounts of a chat). Nobody answers its questions any more, so that the values in them become held (rule 13).
 */
import { z } from 'zod'
import type { Delivery } from '../../core/delivery.ts'
import type { Facts } from '../../core/store.ts'
import { jsonOf, storedBefore } from './state.ts'
import { callRest, callShape, talkRest, talkShape } from './state-shapes.ts'

/** The facts with the conversation that a delivery goes on with, and whether it starts anew. */
export interface Legible {
  readonly facts: Facts
  readonly startsAnew: boolean
}

/** The facts as they are, unless what is kept of the delivery's conversation is not understood. */
export function legibleState(delivery: Delivery, facts: Facts): Legible {
  const before = storedBefore(delivery, facts)
  if (before === undefined) return { facts, startsAnew: false }
  const isCall = 'call' in delivery.said
  const json = jsonIn(before.state)
  if ((isCall ? callShape : talkShape).safeParse(json).success) return { facts, startsAnew: false }
  const rest = isCall ? legible(callRest, json) : { at: delivery.receivedAt, ...legible(talkRest, json) }
  const talk = { ...before, state: JSON.stringify(rest) }
  return { facts: { ...facts, conversation: () => talk }, startsAnew: true }
}

function jsonIn(text: string): unknown {
  try {
    return jsonOf(text)
  } catch {
    return null
  }
}

/** Those fields that have their shape. */
function legible(shapes: Readonly<Record<string, z.ZodType>>, json: unknown): Readonly<Record<string, unknown>> {
  const fields = z.record(z.string(), z.unknown()).safeParse(json).data ?? {}
  return Object.fromEntries(
    Object.entries(shapes).flatMap(([name, shape]) => {
      const read = shape.safeParse(fields[name])
      return read.success && read.data !== undefined ? [[name, read.data]] : []
    }),
  )
}
