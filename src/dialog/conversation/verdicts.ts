/** What becomes of the parts of a text: the judge's verdict on a claim, the plain outcome of the rest (rules 5–7, 10, 11, 13, 23). Pure. */
import type { Code, Flag } from '../../../schemas/codes.ts'
import type { Branch } from '../../core/branch.ts'
import type { Claim, Verdict } from '../../core/claim.ts'
import { answeredAt, type Delivery, type Item } from '../../core/delivery.ts'
import { eventId, submissionId } from '../../core/event.ts'
import type { Meter, Standing } from '../../core/facts.ts'
import { judge } from '../../core/judge.ts'
import { heldForRegistry } from '../../core/judged-later.ts'
import { refusedWindow } from '../../core/period.ts'
import type { Facts } from '../../core/store.ts'
import type { Found } from '../claims/group.ts'
import { isFound, type Understood, type Unplaced } from '../claims/understand.ts'
import { onRegisters, type ReadValue } from '../claims/values.ts'
import type { House } from '../house.ts'
import { type Part, readingOf, whose } from '../items-and-events.ts'
import { statusProblem } from '../meters.ts'
import type { About, Open } from './state.ts'

/** All that a part of a text is judged by besides itself. */
export interface Circumstances {
  readonly delivery: Delivery
  readonly facts: Facts
  readonly branches: ReadonlyMap<string, Branch>
  /** Id of the submission that this delivery is. */
  readonly submission: string
  /** ISO instant of the turn that brought the values: decides window and period (rule 13). */
  readonly valuesAt: string
  /** Codes of the questions about them that were answered with yes. */
  readonly confirmed: readonly Code[]
  readonly proposalTaken: boolean
}

/** The circumstances of a delivery; `from`: the question whose values these are, null: they came with the delivery. */
export function circumstances(
  { delivery, facts, house }: { readonly delivery: Delivery; readonly facts: Facts; readonly house: House },
  from: Pick<Open, 'valuesAt' | 'confirmed'> | null,
): Circumstances {
  return {
    delivery,
    facts,
    branches: house.branches,
    submission: submissionId(delivery.channel, delivery.deliveryId),
    valuesAt: from?.valuesAt ?? delivery.receivedAt,
    confirmed: from?.confirmed ?? [],
    proposalTaken: false,
  }
}

/** A part with its outcome, and the question that it leaves open. */
export interface Said {
  readonly part: Part
  readonly open: Open | null
}

/** What becomes of a part of a text. */
export function verdictOf(part: Understood, about: Circumstances): Said {
  if (!isFound(part)) return unplaced(part, about)
  // The registry may say so only since the question was asked.
  const gone = part.problem === null ? statusProblem(part.meter) : null
  if (gone !== null) return { part: withItem(gone, part), open: null }
  const branch = about.branches.get(part.named.account.branch)
  if (branch === undefined) return { part: withItem(heldForRegistry, part), open: null }
  const window = refusedWindow(branch, about.valuesAt)
  if (window && (part.problem === null || part.problem.kind === 'asked')) {
    return {
      part: { outcome: { kind: 'rejected', code: 'OUT_OF_WINDOW' }, item: { ...itemOf(part), window } },
      open: null,
    }
  }
  if (part.problem !== null || part.meter === null) return withProblem(part, about)
  const unread = part.values.filter(({ bad }) => bad !== null)
  return unread.length > 0 ? badValues(part, part.meter, about) : judged(part, part.meter, { ...about, branch })
}

/**
 * Judges each part in the order of the text, with the facts as those before it leave them: a reading that one of them
 * makes stands for those behind it, so that a meter named twice has one standing reading, and its events say which
 * replaces which (rule 23). `judged` null: nothing becomes of that part.
 */
export function judgedInTurn<P>(
  parts: readonly P[],
  { delivery, facts }: Pick<Circumstances, 'delivery' | 'facts'>,
  judged: (part: P, facts: Facts) => Said | null,
): readonly Said[] {
  const said: Said[] = []
  let known = facts
  for (const part of parts) {
    const one = judged(part, known)
    if (one === null) continue
    if (parts.length > 1 && 'verdict' in one.part && one.part.verdict.outcome.kind === 'accepted') {
      const id = eventId(delivery.channel, delivery.deliveryId, said.length)
      known = withReading(known, readingOf(one.part, { id }))
    }
    said.push(one)
  }
  return said
}

function withReading(facts: Facts, reading: Standing): Facts {
  const standing = (branch: string, account: string) => {
    const before = facts.standing(branch, account)
    if (branch !== reading.branch || account !== reading.account) return before
    return [reading, ...before.filter(({ meter, period }) => meter !== reading.meter || period !== reading.period)]
  }
  return { ...facts, standing }
}

function unplaced(part: Unplaced, about: Circumstances): Said {
  const asks = part.problem.kind === 'asked' ? part.problem.code : null
  if (asks === null) return { part: { outcome: part.problem }, open: null }
  const candidates = part.candidates.map(({ branch, account }) => ({
    branch,
    account,
    submitted: part.submitted ?? account,
  }))
  return { part: { outcome: part.problem }, open: asked(about, { code: asks, candidates, tokens: part.tokens }) }
}

const nothingOpen = { about: null, candidates: [], values: [], tokens: [], proposal: null, confirmed: [] } as const

type Question = Omit<Open, 'valuesAt' | 'askedAt' | 'submission'>

/** A question that this delivery asks; what is left out is not known. */
export function asked(
  { valuesAt, submission, delivery }: Pick<Circumstances, 'valuesAt' | 'submission' | 'delivery'>,
  question: Pick<Question, 'code'> & Partial<Question>,
): Open {
  return { ...nothingOpen, ...question, valuesAt, askedAt: answeredAt(delivery), submission }
}

function itemOf({ named, meter, values }: Found): Partial<Item> {
  return { ...whose({ account: named.account, meter }), values: shown(values, meter) }
}

function withItem(outcome: Item['outcome'], part: Found): Part {
  return { outcome, item: itemOf(part) }
}

/** Values beside their registers, for the reply only. */
function shown(values: readonly ReadValue[], meter: Meter | null): Item['values'] {
  const registers = meter?.registers ?? []
  return onRegisters(values, registers).flatMap(({ register, value }) => {
    const found = registers.find((one) => one.register === register)
    return found === undefined ? [] : [{ register: found.register, zone: found.zone, value }]
  })
}

/** What a conversation remembers of a part: its account, and its meter where one is known. */
export function refOf({ named, meter, isNamed }: Found): About {
  const { branch, account } = named.account
  const { submitted, isOld, isSenders } = named
  return { branch, account, submitted, isOld, isSenders, meter: meter?.meter ?? null, isNamed }
}

function withProblem(part: Found, about: Circumstances): Said {
  const outcome = part.problem ?? { kind: 'asked', code: 'METER_NEEDED' }
  const settled = withItem(outcome, part)
  if (outcome.kind !== 'asked') return { part: settled, open: null }
  const { values, tokens } = part
  return { part: settled, open: asked(about, { code: outcome.code, about: refOf(part), values, tokens }) }
}

/** Rule 11: a look-alike letter inside a number is asked about with the repaired number; the rest is refused. */
function badValues(part: Found, meter: Meter, about: Circumstances): Said {
  const repaired = part.values.map((one) =>
    one.bad === null ? one : { ...one, value: one.bad.repaired ?? '', bad: null },
  )
  if (repaired.some(({ value }) => value === ''))
    return { part: withItem({ kind: 'rejected', code: 'BAD_VALUE' }, part), open: null }
  const proposal = { meter: meter.meter, values: repaired }
  const outcome = { kind: 'asked', code: 'BAD_VALUE' } as const
  const item = { ...itemOf(part), proposal: { meter: meter.meter, values: shown(repaired, meter) } }
  const question = { code: outcome.code, about: refOf(part), values: part.values, proposal }
  return { part: { outcome, item }, open: asked(about, question) }
}

function judged(part: Found, meter: Meter, about: Circumstances & { readonly branch: Branch }): Said {
  const claim = claimOf(part, meter, about)
  const standing = about.facts.standing(claim.account.branch, claim.account.account)
  const verdict = judge(claim, standing)
  if (part.otherwise != null && isTaken(verdict)) {
    const { otherwise } = part
    const other = otherwise === 'unsure' ? turned(verdict) : judge({ ...claim, values: claimed(otherwise) }, standing)
    if (isTaken(other)) return judged({ ...part, values: bothOf(verdict, other), otherwise: null }, meter, about)
  }
  const settled: Part = { claim, verdict, submittedAccount: part.named.submitted }
  if (verdict.outcome.kind !== 'asked') return { part: settled, open: null }
  const proposal = verdict.proposal && {
    meter: verdict.proposal.meter,
    values: verdict.proposal.values.map(({ register, value }) => ({ register, value, bad: null })),
  }
  const { confirmed } = about
  const question = { code: verdict.outcome.code, about: refOf(part), values: part.values, proposal, confirmed }
  return { part: settled, open: asked(about, question) }
}

type Taken = Pick<Verdict, 'outcome' | 'registers'>

/** Whether such values would be taken down, for good or until the missing ones come. */
function isTaken({ outcome }: Taken): boolean {
  return outcome.kind === 'asked' ? outcome.code === 'FEW_VALUES' : outcome.kind === 'accepted'
}

/** Each value on another register. */
function turned({ outcome, registers }: Taken): Taken {
  return {
    outcome,
    registers: registers.map((one, at) => ({ ...one, value: registers.at(at - 1)?.value ?? one.value })),
  }
}

/** Where two meanings remain it is asked (rule 9): a register that each gives another value has none. */
function bothOf(one: Taken, other: Taken): readonly ReadValue[] {
  return [...one.registers, ...other.registers].map(({ register, value }) => ({ register, value, bad: null }))
}

function claimed(values: readonly ReadValue[]): Claim['values'] {
  return values.map(({ register, value }) => ({ register, value }))
}

function claimOf(part: Found, meter: Meter, about: Circumstances & { readonly branch: Branch }): Claim {
  const { account, isOld } = part.named
  const flags: Flag[] = []
  if (!part.isNamed) flags.push('NO_SERIAL')
  if (isOld) flags.push('OLD_ACCOUNT')
  return {
    branch: about.branch,
    account,
    meter,
    values: claimed(part.values),
    receivedAt: about.valuesAt,
    orderAt: about.delivery.receivedAt,
    confirmed: about.confirmed,
    proposalTaken: about.proposalTaken,
    flags,
    byOperator: false,
  }
}
