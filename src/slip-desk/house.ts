import type { Config } from '../config.ts'
import type { Delivery } from '../core/delivery.ts'
import { createIntake, type Received } from '../core/intake.ts'
import type { SlipHouse } from '../core/slip-claim.ts'
import type { Decision, Facts, Store } from '../core/store.ts'
import { createDialog, type Dialog } from '../dialog/decide.ts'
import { createClock, thisMachine } from '../machine.ts'
import { isUnusedStore, openStore } from '../open-store.ts'
import { callDoor } from './door.ts'

/** What a slip's house is made of. */
export interface SlipHouseParts {
  readonly store: Store
  readonly submit: (delivery: Delivery) => Promise<Received>
  readonly dialog: Dialog
  /** The gateway's clock, ISO instant. */
  readonly now: () => string
}

/** The house as those see it who bring slips and review them. */
export function slipHouse({ store, submit, dialog, now }: SlipHouseParts): SlipHouse {
  return {
    submit,
    async preview(delivery) {
      const facts = await store.look(dialog.lookup(delivery))
      const before = facts.answered(delivery.channel, delivery.deliveryId)
      if (before !== undefined) return { answer: before }
      const decision = dialog.decide(delivery, facts)
      const { answer, slip } = decision
      return { answer, ...(slip !== undefined && { slip }), ...(isOverLater(decision, facts) && { overLater: true }) }
    },
    now: async () => now(),
    slipsOf: (identity, limit) => store.slipsOf(identity, limit),
    slipCounts: () => store.slipCounts(),
    slipsToReview: (after, limit) => store.slipsToReview(after, limit),
    slipReviewed: (number) => store.slipReviewed(number),
    slipComparisons: (limit) => store.slipComparisons(limit),
  }
}

function isOverLater({ readings }: Decision, { standing }: Facts): boolean {
  return readings.some(({ branch, account, meter, period, orderAt }) =>
    standing(branch, account).some(
      (one) => one.meter === meter && one.period === period && Date.parse(one.orderAt) > Date.parse(orderAt),
    ),
  )
}

/** A house that a command has for a while. */
export interface BorrowedHouse extends SlipHouse {
  close(): Promise<void>
}

/** Deliveries of a command come one after another. */
const LIMITS = { batchMax: 16, waitingMax: 64 }

const MADE = 'DATA_DIR held neither store nor registry: a new store was made there, and is empty'

/**
 * The house for a command: the running gateway's, through its door, where one has this DATA_DIR (`dir`, absolute); else the
 * store itself, opened for as long as the command runs, and made where there is none. Of that `told` hears, for the gateway's
 * DATA_DIR may be another. Throws where there can be none.
 */
export async function borrowHouse(
  config: Config,
  dir: string,
  told: (sentence: string) => void,
): Promise<BorrowedHouse> {
  const door = await callDoor(dir)
  if (door !== null) return { ...door, close: async () => undefined }
  const now = createClock(config.CLOCK, thisMachine.wallMs)
  const isUnused = isUnusedStore(config.STORE_URL, dir)
  const store = await openStore({ ...config, DATA_DIR: dir }, { machine: thisMachine, now })
  if (isUnused) told(MADE)
  const dialog = createDialog({ branches: config.branches, limits: config.conversationLimits })
  const intake = createIntake({ store, ...dialog, ...LIMITS })
  const house = slipHouse({ store, submit: intake.submit, dialog, now })
  return { ...house, close: () => intake.close().then(() => store.close()) }
}
