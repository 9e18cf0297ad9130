import { hash } from 'node:crypto'
import { type Code, codes } from '../../schemas/codes.ts'
import type { WireRequest } from '../../src/channel/define-channel.ts'
import type { Delivery, Language } from '../../src/core/delivery.ts'
import { submissionId } from '../../src/core/event.ts'
import { serialKey } from '../../src/language/normalise.ts'

/** The channel's name. */
export const CHANNEL = 'web-form'

/** The form's fields as they were filled in, trimmed. */
export interface FilledForm {
  readonly language: Language
  readonly account: string
  readonly meter: string
  /** Register label → value as typed; empty ones left out. */
  readonly values: Readonly<Record<string, string>>
  /** Made by the server with the page; the same for the same page, however often it is sent. */
  readonly submissionId: string
  readonly confirmed: readonly Code[]
  readonly proposalTaken: boolean
  /** The serial as it was typed, where the proposal that was taken is another meter's; null: it is not. */
  readonly askedMeter: string | null
  /** The whole serial of that meter, as our own question knows it; null: not known. No page and no field holds it. */
  readonly proposedMeter: string | null
  /** Delivery id of the form whose question this answers, known to nobody else; and when that one brought its values. */
  readonly answers: string | null
  readonly valuesAt: string | null
  /** Whether the field that people don't see is filled in: a robot. */
  readonly isRobot: boolean
}

/** A whole form is some 20 fields of at most 64 characters, percent-encoded; the rest is room for what browsers add. */
export const BODY_BYTES_MAX = 8_192

/** No account, serial or value is longer. */
const FIELD_CHARACTERS_MAX = 64

/** No meter has more registers. */
const REGISTER = /^T[1-9]$/

const DELIVERY_ID = /^[0-9a-f]{64}$/

/** What of a request a form is read from. */
type FormRequest = Pick<WireRequest, 'form' | 'query' | 'headers'>

/** The language asked for by `lang`, in the form or the address, else by the browser; Russian if neither. */
export function languageOf({ form, query, headers }: FormRequest): Language {
  const chosen = form['lang'] ?? query['lang']
  if (chosen === 'ru' || chosen === 'en') return chosen
  const wanted = /\b(ru|en)\b/.exec(String(headers['accept-language'] ?? '').toLowerCase())
  return wanted?.[1] === 'en' ? 'en' : 'ru'
}

/** Reads the form; any fields at all make one. */
export function filledForm(request: FormRequest): FilledForm {
  const { form } = request
  const field = (name: string) => (form[name] ?? '').trim().slice(0, FIELD_CHARACTERS_MAX)
  const registers = Object.keys(form).filter((name) => REGISTER.test(name) && field(name) !== '')
  const valuesAt = field('values_at')
  return {
    language: languageOf(request),
    account: field('account'),
    meter: field('meter'),
    values: Object.fromEntries(registers.sort().map((name) => [name, field(name)])),
    submissionId: (form['submission_id'] ?? '').trim(),
    confirmed: field('confirmed').split(' ').filter(isCode),
    proposalTaken: field('proposal') === '1',
    askedMeter: field('asked_meter') || null,
    proposedMeter: null,
    answers: DELIVERY_ID.test(field('answers')) ? field('answers') : null,
    valuesAt: isInstant(valuesAt) ? valuesAt : null,
    isRobot: field('website') !== '',
  }
}

/** The form's fields under the names and in the writing in which `filledForm` reads them; empty ones left out. */
export function sentFields(filled: FilledForm): Readonly<Record<string, string>> {
  const fields = {
    account: filled.account,
    meter: filled.meter,
    ...filled.values,
    submission_id: filled.submissionId,
    confirmed: filled.confirmed.join(' '),
    proposal: filled.proposalTaken ? '1' : '',
    asked_meter: filled.askedMeter ?? '',
    answers: filled.answers ?? '',
    values_at: filled.valuesAt ?? '',
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

/** Whether account or serial is not given; a serial of marks alone (`№`) is none (rule 13). */
export function lacksNumber({ account, meter }: Pick<FilledForm, 'account' | 'meter'>): boolean {
  return account === '' || serialKey(meter) === ''
}

/** Whether it is an instant as our own pages write them: events carry it on. */
function isInstant(text: string): boolean {
  const ms = Date.parse(text)
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text
}

function isCode(text: string): text is Code {
  return Object.hasOwn(codes, text)
}

/** The form with an id of its own: one without is new each time, and gets `id`. */
export function withId(filled: FilledForm, id: string): FilledForm {
  return filled.submissionId === '' ? { ...filled, submissionId: id } : filled
}

/**
 * A form's delivery id, made of the page's own id and of what was said: a double click or a reload brings the same
 * delivery, going back and correcting a value another one.
 */
export function deliveryIdOf({ account, meter, values, confirmed, proposalTaken, submissionId }: FilledForm): string {
  return hash('sha256', JSON.stringify([submissionId, { account, meter, values, confirmed, proposalTaken }]))
}

/** The delivery of a form. It closes no question but a form's: ids of other submissions can be worked out. */
export function deliveryOf(filled: FilledForm, now: string): Delivery {
  const { account, values, confirmed, proposalTaken, askedMeter, valuesAt } = filled
  const meter = filled.proposedMeter ?? filled.meter
  const answers = filled.answers === null ? null : submissionId(CHANNEL, filled.answers)
  const said = { account, meter, values, confirmed, proposalTaken, askedMeter }
  return {
    channel: CHANNEL,
    eventChannel: 'WEB',
    deliveryId: deliveryIdOf(filled),
    receivedAt: now,
    sender: null,
    phone: null,
    said: { form: { ...said, answers, valuesAt } },
    language: filled.language,
  }
}
