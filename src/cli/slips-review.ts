import { createInterface } from 'node:readline'
import type { SlipHouse, WaitingSlip } from '../core/slip-claim.ts'
import { identityIn } from '../dialog/slip.ts'
import { thisMachine } from '../machine.ts'
import { pictureFile } from '../slip/kept.ts'
import type { CliContext } from './context.ts'
import { inOwnHouse } from './own-house.ts'
import { type Clerk, decide, type Shown } from './review-decision.ts'
import { HELP, slipLines } from './review-screen.ts'
import { backIn, type Typed, typedReview } from './typed-review.ts'

/**
 * `slips review`: shows the slips that wait for a person, one by one: why, where its picture lies and what was read. A line of
 * stdin answers: values in the order of the registers (before them account and meter, where the code can't be read, or they
 * are others than it says), an empty line for the guesses, `skip`, `unreadable`, `back` to the slip before, or to one by its number, `help`, `quit`.
 * Each decision is an operator's reading. Exit status: 0; 1: the store can't be used; 2: wrong usage.
 */
export async function slipsReview(args: readonly string[], context: CliContext): Promise<number> {
  if (args.length > 0) return 2
  return inOwnHouse(context, async ({ house, dir }) => {
    const input = createInterface({ input: context.stdin ?? process.stdin })
    const lines = input[Symbol.asyncIterator]()
    await reviewAll({ house, context, dir, lines }).finally(() => input.close())
    return 0
  })
}

type Back = Extract<Typed, { kind: 'back' }>

async function reviewAll(clerk: Clerk): Promise<void> {
  const { house, context } = clerk
  const { waiting } = await house.slipCounts()
  if (waiting > 0) for (const line of [`${waiting} wait.`, ...HELP]) context.stdout(line)
  const before: Shown[] = []
  let now = await nextOf(house, 0)
  // The first slip that was left for another one, which may be a later one.
  let left = Number.POSITIVE_INFINITY
  for (;;) {
    const next = now === null ? await atTheEnd(before, clerk) : await reviewOne(now, clerk)
    if (next === 'quit') return
    if ('kind' in next) {
      const shown = await wentBack(next, before, clerk)
      if (shown !== null && now !== null) left = Math.min(left, now.slip.number)
      now = shown ?? now
    } else {
      before.push(next)
      now = await nextOf(house, Math.min(next.slip.number, left - 1))
      left = Number.POSITIVE_INFINITY
    }
  }
}

async function nextOf(house: SlipHouse, after: number): Promise<Shown | null> {
  const [slip] = await house.slipsToReview(after, 1)
  if (slip === undefined) return null
  return { slip, said: null, taken: slip.review === 'audit' ? takenOf(slip, true) : null }
}

/** The slip before, or that of the number, which may have been settled in another sitting; null: there is none. */
async function wentBack({ to }: Back, before: Shown[], { house, context }: Clerk): Promise<Shown | null> {
  const shown = to === null ? before.pop() : await numbered(to, house)
  if (shown === undefined || shown === null) context.stdout(to === null ? NONE_BEFORE : NONE_NUMBERED)
  return shown ?? null
}

const NONE_BEFORE = '  none was shown before it'
const NONE_NUMBERED = '  no slip of that number waits or was reviewed, or its time is past'

async function numbered(number: number, house: SlipHouse): Promise<Shown | null> {
  const waits = await nextOf(house, number - 1)
  if (waits?.slip.number === number) return waits
  const slip = await house.slipReviewed(number)
  if (slip === null) return null
  const { values } = slip
  const said = values === null ? 'unreadable' : Object.entries(values).flat().join(' ')
  // What is said now is a decision of its own, whatever was said before, and how often.
  return {
    slip,
    said: { id: thisMachine.newId(), outcomes: said },
    taken: values === null ? null : takenOf(slip, false),
  }
}

function takenOf({ identity }: WaitingSlip, isSure: boolean): Shown['taken'] {
  const whose = identityIn(identity)
  return whose === null ? null : { ...whose, isSure }
}

/** What was said may be changed still. */
async function atTheEnd({ length }: readonly Shown[], { house, context, lines }: Clerk): Promise<Back | 'quit'> {
  const { reviewed } = await house.slipCounts()
  const isChangeable = length > 0 || reviewed > 0
  const back = length > 0 ? 'back: to change what you said' : 'back 54: to change what was said of slip 54'
  context.stdout(isChangeable ? `No slip waits. ${back}; or Enter to end` : 'No slip waits.')
  const { value: line = '' } = isChangeable ? await lines.next() : {}
  return backIn(String(line)) ?? 'quit'
}

/** What became of the slip in the end, or where the clerk wants to go. */
async function reviewOne(now: Shown, clerk: Clerk): Promise<Shown | Back | 'quit'> {
  const { context, dir, lines } = clerk
  for (const line of slipLines(now.slip, pictureFile(dir, now.slip.submissionId))) context.stdout(line)
  if (now.said !== null) context.stdout(`  said before: ${now.said.outcomes}`)
  for (;;) {
    const { done, value: line = '' } = await lines.next()
    const typed: Typed = done === true ? { kind: 'quit' } : typedReview(line, now.slip)
    if (typed.kind === 'quit') return 'quit'
    if (typed.kind === 'back') return typed
    if (typed.kind === 'skip') return now
    if (typed.kind === 'unclear') for (const why of typed.why) context.stdout(why)
    else {
      const decided = await decide(now, typed.review, clerk)
      if (decided !== null) return decided
    }
  }
}
