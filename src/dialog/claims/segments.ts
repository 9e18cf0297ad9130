/** One account's part of a text in segments: the values of each meter or service that it marks (rules 9 and 10). Pure. */
import type { Account, Meter } from '../../core/facts.ts'
import { isOfService, metersOf } from '../meters.ts'
import type { Element, MeterMark } from './elements.ts'
import type { ValueToken } from './values.ts'

/** What says whose the values beside it are: a serial, or a service. */
export type Mark = MeterMark | Extract<Element, { kind: 'service' }>

/** Values, and whose they are; null: nothing says so. */
export interface Segment {
  mark: Mark | null
  readonly tokens: ValueToken[]
}

function isMark(element: Element | undefined): element is Mark {
  return element?.kind === 'meter' || element?.kind === 'service'
}

/** Values stand behind the mark of their meter, or all before it: `19584 737408044 40631 706205891`. */
export function segmentsOf(elements: readonly Element[], account: Account): readonly Segment[] {
  if (areBetween(elements, account)) return [{ mark: null, tokens: elements.filter((element) => !isMark(element)) }]
  const behind = areBehind(elements)
  const segments = behind
    ? cut([...elements].reverse(), account)
        .map(turned)
        .reverse()
    : cut(elements, account, (mark) => mark?.kind === 'service' && metersOf(account, mark.service).length === 0)
  return withoutIdle(narrowed(segments))
}

/** «10110 свет 10120 хвс 10130»: each service may be of the values before it as well as of those behind it (rule 9). */
function areBetween(elements: readonly Element[], account: Account): boolean {
  let [marks, values] = [0, 0]
  for (const element of elements) {
    if (!isMark(element)) values += element.kind === 'label' ? 0 : 1
    else {
      const isWanted = ({ registers }: Meter) => registers.length === values
      if (element.kind !== 'service' || !element.isBetween || !metersOf(account, element.service).some(isWanted))
        return false
      marks += 1
      values = 0
    }
  }
  return marks > 0 && values > 0
}

/** Also where a service stands before all of them: «свет 19584 737408044, 40631 706205891». */
function areBehind(elements: readonly Element[]): boolean {
  const last = elements.at(-1)
  if (!isMark(last)) return false
  const isSerial = (element: Element | undefined) => element?.kind === 'meter'
  if (!isMark(elements[0])) return true
  const first = elements.find(({ kind }) => kind !== 'service')
  return isSerial(last) && !isSerial(first) && elements.filter(isSerial).length > 1
}

function turned({ mark, tokens }: Segment): Segment {
  return { mark, tokens: [...tokens].reverse() }
}

/** `isForeign`: a service that the account has no meter of takes one value, and does not spoil those behind it (rule 10). */
function cut(
  elements: readonly Element[],
  account: Account,
  isForeign: (mark: Mark | null) => boolean = () => false,
): Segment[] {
  const segments: Segment[] = [{ mark: null, tokens: [] }]
  for (const element of elements) {
    const last = segments.at(-1) as Segment
    if (!isMark(element)) (isForeign(last.mark) && hasValues(last) ? unmarked(segments) : last).tokens.push(element)
    else if (isOfValues(element, last)) {
      last.mark = element
      segments.push({ mark: null, tokens: [] })
    } else if (isSame(last.mark, element, account) || (last.mark === null && !hasValues(last))) last.mark = element
    else if (last.mark !== null && !hasValues(last) && narrows(last.mark, element))
      last.mark = narrower(last.mark, element)
    else segments.push({ mark: element, tokens: [] })
  }
  return segments
}

/** «12 хвс, 10 гвс», «вода 12 (горячая)»: a service behind the values, which says more than the mark before them. */
function isOfValues(mark: Mark, segment: Segment): boolean {
  if (mark.kind !== 'service' || !mark.isBehind || !hasValues(segment)) return false
  return segment.mark === null || saysMore(mark, segment.mark)
}

/** The values without a mark: those before the first one, or a new segment for them. */
function unmarked(segments: Segment[]): Segment {
  const [first] = segments
  if (first?.mark === null) return first
  const own: Segment = { mark: null, tokens: [] }
  segments.push(own)
  return own
}

/** «Свет день 24563, свет ночь 76572»: the same meter, named once more. */
function isSame(mark: Mark | null, other: Mark, account: Account): boolean {
  if (mark?.kind === 'meter' && other.kind === 'meter') return mark.meter !== null && mark.meter === other.meter
  if (mark?.kind !== 'service' || other.kind !== 'service') return false
  return mark.service === other.service && metersOf(account, other.service).length === 1
}

/** «За свет … 665494765», «горячая вода»: two marks side by side that are one, of which one says more. */
function narrows(mark: Mark, other: Mark): boolean {
  return saysMore(mark, other) || saysMore(other, mark)
}

function narrower(mark: Mark, other: Mark): Mark {
  return saysMore(mark, other) ? mark : other
}

/** A serial says more than the service of its meter, and cold or hot more than water. */
function saysMore(mark: Mark, other: Mark): boolean {
  if (other.kind === 'meter') return false
  if (mark.kind === 'meter') return mark.meter === null || isOfService(mark.meter.service, other.service)
  return mark.service !== other.service && isOfService(mark.service, other.service)
}

function hasValues({ tokens }: Segment): boolean {
  return tokens.some(({ kind }) => kind !== 'label')
}

/** «Свет 271187 (счётчик 407076911)»: a serial behind the values, of a meter of their service. */
function narrowed(segments: readonly Segment[]): readonly Segment[] {
  const left: Segment[] = []
  for (const segment of segments) {
    const before = left.at(-1)
    const isBehind = before?.mark != null && hasValues(before) && !hasValues(segment)
    if (isBehind && segment.mark?.kind === 'meter' && saysMore(segment.mark, before.mark as Mark))
      before.mark = segment.mark
    else left.push(segment)
  }
  return left
}

/** With one serial all values are its own, wherever they stand; a service without values beside others says nothing. */
function withoutIdle(segments: readonly Segment[]): readonly Segment[] {
  const [first, second] = segments
  const isAlone = segments.length === 2 && first?.mark === null && second?.mark != null
  if (isAlone && (second.mark?.kind === 'meter' || !hasValues(second))) {
    return [{ mark: second.mark, tokens: [...first.tokens, ...second.tokens] }]
  }
  const telling = segments.filter((one) => hasValues(one) || one.mark?.kind === 'meter')
  if (telling.length > 0) return telling
  return segments.slice(-1)
}
