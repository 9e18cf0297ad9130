import { hash } from 'node:crypto'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Code } from '../../schemas/codes.ts'
import { type Outcome, outcomeHeader } from '../../schemas/outcome.ts'
import type { Delivery } from '../core/delivery.ts'
import type { SlipHouse, SlipReview, WaitingSlip } from '../core/slip-claim.ts'
import { identityIn } from '../dialog/slip.ts'
import { pictureFile } from '../slip/kept.ts'
import { SLIP_CHANNEL } from '../slip/take.ts'
import { borrowHouse } from '../slip-house.ts'
import { realWorld } from '../world.ts'
import type { CliContext } from './context.ts'
import { ownConfig } from './own-config.ts'
import { type Typed, typedReview } from './typed-review.ts'

/**
 * `slips review`: shows the slips that wait for a person, one by one: where its picture lies and what was read. A line of
 * stdin answers: values in the order of the registers (before them account and meter, where the code can't be read, or they
 * are others than it says), an empty line for the guesses, `skip`, `unreadable`, `quit`. Each decision is an operator's reading. Exit status: 0; 1: the
 * store can't be used; 2: wrong usage.
 */
export async function slipsReview(args: readonly string[], context: CliContext): Promise<number> {
  if (args.length > 0) return 2
  const config = ownConfig(context)
  if (config === null) return 1
  const dir = resolve(context.cwd, config.DATA_DIR)
  const house = await borrowHouse(config, dir, { world: realWorld, told: context.stderr })
  const input = createInterface({ input: context.stdin ?? process.stdin })
  try {
    await reviewAll(house, { context, dir, lines: input[Symbol.asyncIterator]() })
    return 0
  } finally {
    input.close()
    await house.close()
  }
}

interface Clerk {
  readonly context: CliContext
  readonly dir: string
  readonly lines: AsyncIterator<string>
}

async function reviewAll(house: SlipHouse, clerk: Clerk): Promise<void> {
  let after = 0
  for (;;) {
    const [slip] = await house.slipsToReview(after, 1)
    if (slip === undefined) return clerk.context.stdout('No slip waits.')
    after = slip.number
    show(slip, clerk)
    if (!(await reviewOne(slip, house, clerk))) return
  }
}

function show({ number, identity, review, registers, submissionId }: WaitingSlip, { context, dir }: Clerk): void {
  const whose = identityIn(identity)
  context.stdout('')
  context.stdout(`Slip ${number} (${WHY[review ?? 'held']})`)
  context.stdout(`  picture  ${pictureFile(dir, submissionId)}`)
  context.stdout(whose === null ? '  code     not readable' : `  account  ${whose.account}, meter ${whose.meter}`)
  for (const { register, value, confidence } of registers)
    context.stdout(`  ${register.padEnd(8)} ${value ?? '?'}  ${(100 * confidence).toFixed(2)} %`)
}

const WHY = {
  held: 'not surely read, or doubtful',
  first: 'one of the first',
  audit: 'one of the random share',
} as const

/** False: the clerk has enough. */
async function reviewOne(slip: WaitingSlip, house: SlipHouse, clerk: Clerk): Promise<boolean> {
  for (;;) {
    const { done, value: line = '' } = await clerk.lines.next()
    const typed: Typed = done === true ? { kind: 'quit' } : typedReview(line, slip)
    if (typed.kind === 'quit') return false
    if (typed.kind === 'skip') return true
    if (typed.kind === 'unclear') clerk.context.stdout(typed.why)
    else if (await decide(slip, typed.review, { house, clerk })) return true
  }
}

interface Deciding {
  readonly house: SlipHouse
  readonly clerk: Clerk
}

/**
 * What would not be taken as it is typed is shown, and counts once the clerk says that it is written so: a slip that was
 * settled by a slip of the hand does not come back. False: it is typed anew.
 */
async function decide(slip: WaitingSlip, review: SlipReview, { house, clerk }: Deciding): Promise<boolean> {
  const { answer } = await house.preview(deliveryOf(slip, review))
  const [outcome] = answer.outcomes
  const isAsked = outcome?.kind === 'asked'
  if (isAsked && review.confirmed.includes(outcome.code)) {
    clerk.context.stdout(`  ${outcome.code}: type it anew`)
    return false
  }
  const doubt = doubtOf(outcome, review)
  if (doubt !== null && !(await isWrittenSo(doubt, clerk))) return false
  if (isAsked) return decide(slip, { ...review, confirmed: [...review.confirmed, outcome.code] }, { house, clerk })
  const received = await house.submit(deliveryOf(slip, review))
  clerk.context.stdout(`  ${outcomeHeader(received.answer.outcomes)}`)
  return true
}

/** Its code, where the clerk has not said yes to it; null: nothing speaks against it, or it can't be judged yet. */
function doubtOf(outcome: Outcome | undefined, { values, confirmed }: SlipReview): Code | null {
  if (values === null || outcome === undefined || !('code' in outcome)) return null
  return outcome.code === 'REGISTRY_UNAVAILABLE' || confirmed.includes(outcome.code) ? null : outcome.code
}

async function isWrittenSo(code: string, { context, lines }: Clerk): Promise<boolean> {
  context.stdout(`  ${code}: is it written so? yes, or anything else to type it anew`)
  const { value: line = '' } = await lines.next()
  return /^(y|yes|д|да)$/i.test(String(line).trim())
}

/** The same decision of two clerks counts once; another one of the second is the operator's later word. */
function deliveryOf({ submissionId, receivedAt }: WaitingSlip, slipReview: SlipReview): Delivery {
  const { account, meter, values, confirmed } = slipReview
  const said = hash('sha256', JSON.stringify([account, meter, values, confirmed]), 'hex')
  return {
    channel: SLIP_CHANNEL,
    eventChannel: 'SLIP',
    deliveryId: `review/${submissionId}/${said}`,
    receivedAt,
    sender: null,
    phone: null,
    said: { slipReview },
    language: 'ru',
  }
}
