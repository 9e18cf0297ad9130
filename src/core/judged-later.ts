import type { Outcome } from '../../schemas/outcome.ts'
import type { Answer, Delivery } from './delivery.ts'

/** What is kept while there is no registry is judged later (rule 25): it comes to the intake again, as its own follow-up. */
const SUFFIX = '/judged'

/** What becomes of what can't be judged for want of a registry (rule 25). */
export const heldForRegistry = { kind: 'held', code: 'REGISTRY_UNAVAILABLE' } as const satisfies Outcome

/** Whether an outcome says so. */
export function isHeldForRegistry(outcome: Outcome): boolean {
  return outcome.kind === 'held' && outcome.code === heldForRegistry.code
}

/** The delivery that brings another one again, to be judged now. Its own id makes it count once. */
export function followUpOf(delivery: Delivery): Delivery {
  return { ...delivery, deliveryId: delivery.deliveryId + SUFFIX, judgedLater: true }
}

/** The delivery that a follow-up brings again; events and readings are this one's, so that their ids are the same for ever. */
export function originalOf({ judgedLater: _, ...followUp }: Delivery): Delivery {
  return { ...followUp, deliveryId: followUp.deliveryId.slice(0, -SUFFIX.length) }
}

/** Whether nothing of a submission could be judged for want of a registry, so that it comes again once there is one. */
export function waitsForRegistry(of: {
  readonly delivery: Pick<Delivery, 'judgedLater'>
  readonly answer: Pick<Answer, 'outcomes'>
}): boolean {
  const { outcomes } = of.answer
  if (outcomes.length === 0 || of.delivery.judgedLater === true) return false
  return outcomes.every(isHeldForRegistry)
}

/** The registry went away again; the follow-up comes another time. */
export class RegistryAway extends Error {
  override readonly name = 'RegistryAway'
  constructor() {
    super('the registry is not ready')
  }
}
