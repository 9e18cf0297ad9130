import type { Code } from '../../schemas/codes.ts'
import type { RouteContext, WireReply } from '../../src/channel/define-channel.ts'
import type { Answer, Item } from '../../src/core/delivery.ts'
import { isValue } from '../../src/core/rules/value.ts'
import { questionPage } from './pages/question-page.ts'
import { endsForm } from './pages/result-page.ts'
import type { Site } from './pages/shell.ts'
import { startPage } from './pages/start-page.ts'
import { type AskedRegister, valuesPage } from './pages/values-page.ts'
import { deliveryIdOf, type FilledForm, lacksNumber } from './wire.ts'

/** Told apart inside, and from outside never (rule 27): status, page, header and timing are the same. */
const NOT_FOUND: ReadonlySet<Code> = new Set([
  'ACCOUNT_UNKNOWN',
  'ACCOUNT_NEEDED',
  'METER_MISMATCH',
  'METER_REPLACED',
  'METER_ARCHIVED',
])

/** Answers a form: 303 to the result, or 422 with the page that asks or wants a correction. */
export function formReply(
  answer: Answer,
  filled: FilledForm,
  { site, now }: Pick<RouteContext, 'now'> & { site: Site },
) {
  const [item] = answer.items
  if (item === undefined) throw new Error('a form without an item')
  const { outcome } = item
  if (endsForm(outcome)) return seeOther(`${site.home}/result?id=${answer.submissionId}&lang=${filled.language}`)
  if (outcome.kind === 'accepted' || outcome.kind === 'duplicate') throw new Error('unreachable: these end the form')
  const { code } = outcome
  if (lacksNumber(filled)) return startPage(filled, site, 'incomplete')
  if (NOT_FOUND.has(code)) return startPage(filled, site, 'not-found')
  if (code === 'OLD_ACCOUNT') return startPage(filled, site, 'old-account')
  if (outcome.kind === 'asked' && asksAboutValues(item)) {
    const { valuesAt = now() } = item
    return questionPage({ filled, code, item, deliveryId: deliveryIdOf(filled), valuesAt }, site)
  }
  return valuesPage(
    { filled, registers: registersOf(item), service: item.service, trouble: troubleOf(item, code, filled) },
    site,
  )
}

/** Shows a robot what it wants to see. */
export function robotReply({ language }: FilledForm, site: Site): WireReply {
  return seeOther(`${site.home}/result?lang=${language}`, { 'x-reading-outcome': 'accepted' })
}

function seeOther(path: string, headers: WireReply['headers'] = {}): WireReply {
  return { status: 303, headers: { location: path, ...headers }, body: '' }
}

/** A question about values that are all there; the others are put right in their fields. */
function asksAboutValues({ missing, values, proposal }: Item): boolean {
  return missing.length === 0 && (values.length > 0 || proposal !== null)
}

/** Without the registry nobody knows how many registers the meter has: three fields, and one is enough. */
export const UNKNOWN_REGISTERS: readonly AskedRegister[] = ['T1', 'T2', 'T3'].map((register) => ({
  register,
  zone: null,
}))

function registersOf({ values, missing }: Item): readonly AskedRegister[] {
  const all = [...values, ...missing].map(({ register, zone }) => ({ register, zone }))
  if (all.length === 0) return UNKNOWN_REGISTERS
  return all.sort((a, b) => (a.register < b.register ? -1 : 1))
}

function troubleOf(item: Item, code: Code, filled: FilledForm) {
  const wanted = item.missing.length > 0 && code !== 'BAD_VALUE' ? item.missing : wrongOf(item, code, filled)
  return { code, registers: wanted.map(({ register }) => register) }
}

type Named = Pick<AskedRegister, 'register'>

function wrongOf(item: Item, code: Code, { values }: FilledForm): readonly Named[] {
  const isUnknown = item.values.length === 0
  const typed = Object.entries(values).map(([register, value]) => ({ register, value: value.replace(/\s/g, '') }))
  if (isUnknown && typed.length === 0) return UNKNOWN_REGISTERS.slice(0, 1)
  if (code !== 'BAD_VALUE') return registersOf(item)
  const bad = (isUnknown ? typed : item.values).filter(({ value }) => !isValue(value))
  return bad.length > 0 ? bad : registersOf(item)
}
