import type { Answer, Delivery } from './delivery.ts'
import type { Decision, Facts, Lookup, Store } from './store.ts'

/** What intake is made of. */
export interface IntakeParts {
  readonly store: Pick<Store, 'transact'>
  /** What a delivery needs to know before it can be decided. Pure. */
  readonly lookup: (delivery: Delivery) => Lookup
  /** What becomes of a delivery that has no answer yet. Pure; where it throws, only this delivery fails. */
  readonly decide: (delivery: Delivery, facts: Facts) => Decision
  /** Deliveries that one commit takes at most. */
  readonly batchMax: number
  /** Deliveries that may wait for a batch; one more is refused. */
  readonly waitingMax: number
  /** Called after each batch; may not throw. */
  readonly committed?: () => void
  /** Told the channels of committed conversations that started anew, for what was kept of them was not understood; may not throw. */
  readonly startedAnew?: (channels: readonly string[]) => void
}

/** The answer to a delivery; `repeated`: it had been given before, and nothing was written now. */
export interface Received {
  readonly answer: Answer
  readonly repeated: boolean
}

/** Takes deliveries, and answers them batch by batch. */
export interface Intake {
  /**
   * Resolves once the answer is durable. Rejects where nothing was recorded of this delivery: with GatewayBusy, with
   * what `lookup` or `decide` threw, or with the store's error; the sender is to bring it again.
   */
  submit(delivery: Delivery): Promise<Received>
  /** Takes no more, and resolves when all that were taken have their answer. */
  close(): Promise<void>
}

/** The gateway can't take a delivery now; nothing was recorded, and the same delivery may be brought again. */
export class GatewayBusy extends Error {
  override readonly name = 'GatewayBusy'
}

interface Waiting {
  readonly delivery: Delivery
  readonly lookup: Lookup
  readonly resolve: (received: Received) => void
  readonly reject: (error: unknown) => void
}

type Decided = { readonly received: Received } | { readonly error: unknown }

/**
 * The loop of batches: while one commits, the next gathers. It starts at the end of the event loop's turn in which the
 * first delivery came, so that all requests read in that turn share one commit; there is no timer.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { batchMax, waitingMax } = parts
  let queue: Waiting[] = []
  let running: Promise<void> | null = null
  let closed = false

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      await endOfTurn()
      const batch = queue.slice(0, batchMax)
      queue = queue.slice(batchMax)
      await commitBatch(batch, parts)
      parts.committed?.()
    }
    running = null
  }

  return {
    submit: (delivery) =>
      // What throws in here rejects.
      new Promise((resolve, reject) => {
        if (closed) throw new GatewayBusy('the gateway is stopping')
        if (queue.length >= waitingMax) throw new GatewayBusy('too many deliveries are waiting')
        queue.push({ delivery, lookup: parts.lookup(delivery), resolve, reject })
        running ??= drain()
      }),
    async close() {
      closed = true
      await running
    },
  }
}

const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Nobody hears yes before the commit; where it fails, all of the batch hear no, for nothing of it was recorded. */
async function commitBatch(batch: readonly Waiting[], { store, decide, startedAnew }: IntakeParts) {
  let decided: readonly Decided[] = []
  let anew: readonly string[] = []
  try {
    await store.transact(
      batch.map(({ lookup }) => lookup),
      (facts) => {
        const decisions: Decision[] = []
        decided = batch.map(({ delivery }) => decideOn(delivery, { facts, decide, decisions }))
        anew = decisions.filter(({ startsAnew }) => startsAnew === true).map(({ delivery }) => delivery.channel)
        return decisions
      },
    )
  } catch (error) {
    for (const { reject } of batch) reject(error)
    return
  }
  if (anew.length > 0) startedAnew?.(anew)
  batch.forEach((waiting, index) => {
    settle(waiting, decided[index])
  })
}

/** In the order of arrival, each decision visible to the deliveries after it. */
function decideOn(
  delivery: Delivery,
  { facts, decide, decisions }: { facts: Facts; decide: IntakeParts['decide']; decisions: Decision[] },
): Decided {
  const before = facts.answered(delivery.channel, delivery.deliveryId)
  if (before !== undefined) return { received: { answer: before, repeated: true } }
  try {
    const decision = decide(delivery, facts)
    facts.apply(decision)
    decisions.push(decision)
    return { received: { answer: decision.answer, repeated: false } }
  } catch (error) {
    return { error }
  }
}

function settle({ resolve, reject }: Waiting, decided: Decided | undefined): void {
  if (decided === undefined) reject(new Error('the store committed a batch that it did not let decide'))
  else if ('error' in decided) reject(decided.error)
  else resolve(decided.received)
}
