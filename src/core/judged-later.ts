import type { Answer, Delivery } from './delivery.ts'

/** What is kept while there is no registry is judged later (rule 25): it comes to the intake again, as its own follow-up. */
const SUFFIX = '/judged'

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
  return outcomes.every((outcome) => outcome.kind === 'held' && outcome.code === 'REGISTRY_UNAVAILABLE')
}

/** The registry went away again; the follow-up comes another time. */
export class RegistryAway extends Error {
  readonly canRetry = true
  constructor() {
    super('the registry is not ready')
    this.name = 'RegistryAway'
  }
}
