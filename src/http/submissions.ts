import type { Code } from '../../schemas/codes.ts'
import type { WireRequest } from '../channel/define-channel.ts'
import type { Answer, Delivery } from '../core/delivery.ts'
import type { Received } from '../core/intake.ts'
import type { Crowd } from './crowd.ts'
import type { RouteLimits } from './limits.ts'

/** What the intake says to a delivery once it is durable, and whether it had said so before. Rejects: nothing is recorded. */
export type Submit = (delivery: Delivery) => Promise<Received>

/** The submissions of one route, counted by its limits. */
export interface Submissions<Wire> {
  /** Whether the same delivery waits for its answer just now: who brings it again gets the same, whatever is used up. */
  hasInFlight(delivery: Delivery): boolean
  submit(delivery: Delivery, wire: Wire, request: WireRequest): Promise<Received>
}

/** Counts a submission before its answer, or all who come at once would pass; what came again, or failed, is taken back. */
export function createSubmissions<Wire>(
  limits: RouteLimits<Wire>,
  { submit, crowd }: { readonly submit: Submit; readonly crowd: Crowd },
): Submissions<Wire> {
  const inFlight = new Set<string>()
  return {
    hasInFlight: ({ deliveryId }) => inFlight.has(deliveryId),
    async submit(delivery, wire, request) {
      const { deliveryId } = delivery
      if (inFlight.has(deliveryId)) return crowd.wait(submit(delivery))
      inFlight.add(deliveryId)
      const takeBack = limits.count('every', wire, request)
      try {
        const answered = await crowd.wait(submit(delivery))
        if (answered.repeated) takeBack()
        else if (!isSettled(answered.answer)) limits.count('unsettled', wire, request)
        return answered
      } catch (error) {
        takeBack()
        throw error
      } finally {
        inFlight.delete(deliveryId)
      }
    },
  }
}

/** Something was accepted, and no number was tried in vain beside it: a reading of one's own is no licence to guess others'. */
function isSettled({ outcomes }: Answer): boolean {
  const isOwn = outcomes.some(({ kind }) => kind === 'accepted' || kind === 'duplicate')
  return isOwn && !outcomes.some((outcome) => outcome.kind === 'rejected' && IN_VAIN.has(outcome.code))
}

const IN_VAIN: ReadonlySet<Code> = new Set(['ACCOUNT_UNKNOWN', 'METER_MISMATCH'])
