/** One account's part of a text to claims, one a meter, and to what is missing for a claim (rules 6, 7, 9, 10). Pure. */
import type { Outcome } from '../../../schemas/outcome.ts'
import type { Account, Meter } from '../../core/facts.ts'
import type { Token } from '../../language/token.ts'
import type { NamedAccount } from '../accounts.ts'
import { activeMeters, metersOf, namesIt, statusProblem } from '../meters.ts'
import { elementsOf, zonesNumbered } from './elements.ts'
import { type Mark, type Segment, segmentsOf } from './segments.ts'
import { type ReadValue, readOtherwise, readValues, type ValueToken } from './values.ts'

/** One meter of a text: its values, or why there is no claim yet. */
export interface Found {
  readonly named: NamedAccount
  readonly meter: Meter | null
  /** Whether the serial or the sender's phone named the meter; else NO_SERIAL (rule 6). */
  readonly isNamed: boolean
  readonly values: readonly ReadValue[]
  /** How else its values may be meant; absent or null: not else. */
  readonly otherwise?: ReturnType<typeof readOtherwise>
  /** The numbers where no meter is known yet. */
  readonly tokens: readonly ValueToken[]
  /** What keeps it from the judge; null: nothing. */
  readonly problem: Outcome | null
}

/** What the conversation knows before this text. */
export interface Known {
  readonly meter: Meter | null
  readonly isNamed: boolean
  /** The customer was asked which meter it is. */
  readonly asksMeter: boolean
}

/** One account's tokens (the account itself taken out) to what they claim, in the order of the text. */
export function readGroup(tokens: readonly Token[], named: NamedAccount, known: Known): readonly Found[] {
  const elements = elementsOf(tokens, named.account, known.asksMeter)
  const segments = segmentsOf(zonesNumbered(elements, named.account), named.account)
  return segments.map((segment) => foundOf(segment, named, known))
}

function foundOf({ mark, tokens }: Segment, named: NamedAccount, known: Known): Found {
  const chosen = chosenMeter(mark, named, known)
  const problem = chosen.problem ?? statusProblem(chosen.meter)
  const values = chosen.meter === null ? [] : readValues(tokens, chosen.meter)
  const otherwise = chosen.meter === null ? null : readOtherwise(tokens, chosen.meter)
  return { named, meter: chosen.meter, isNamed: chosen.isNamed, values, otherwise, tokens, problem }
}

interface Chosen {
  readonly meter: Meter | null
  readonly isNamed: boolean
  readonly problem: Outcome | null
}

function chosenMeter(mark: Mark | null, named: NamedAccount, known: Known): Chosen {
  if (mark?.kind === 'meter') {
    if (mark.meter !== null) {
      return { meter: mark.meter, isNamed: mark.bySerial || namesIt(named, mark.meter), problem: null }
    }
    return { meter: null, isNamed: false, problem: { kind: 'rejected', code: 'METER_MISMATCH' } }
  }
  if (known.meter !== null && (mark === null || metersOf(named.account, mark.service).includes(known.meter))) {
    return { meter: known.meter, isNamed: known.isNamed, problem: null }
  }
  const meters = mark === null ? activeMeters(named.account) : metersOf(named.account, mark.service)
  const [only] = meters
  if (meters.length > 1) return { meter: null, isNamed: false, problem: { kind: 'asked', code: 'METER_NEEDED' } }
  if (only !== undefined) return { meter: only, isNamed: namesIt(named, only), problem: null }
  return mark === null ? lastMeter(named.account) : otherService()
}

function otherService(): Chosen {
  return { meter: null, isNamed: false, problem: { kind: 'rejected', code: 'OTHER_SERVICE' } }
}

/** Rule 7 where no meter is in use: what becomes of the last one's values. */
function lastMeter({ meters }: Account): Chosen {
  const meter = meters.at(-1) ?? null
  return { meter, isNamed: false, problem: statusProblem(meter) ?? { kind: 'rejected', code: 'METER_ARCHIVED' } }
}
