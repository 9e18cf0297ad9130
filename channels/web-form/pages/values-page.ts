import type { Code } from '../../../schemas/codes.ts'
import type { WireReply } from '../../../src/channel/define-channel.ts'
import { type Html, html } from '../../../src/channel/html.ts'
import type { Language } from '../../../src/core/delivery.ts'
import type { Service, Zone } from '../../../src/core/facts.ts'
import { messagesIn, written } from '../../../src/dialog/render.ts'
import type { FilledForm } from '../wire.ts'
import { type Words, wordsOf } from '../words.ts'
import { carried, errorSummary, type Field, fieldRow, hidden, trap } from './fields.ts'
import { pageReply, type Site } from './shell.ts'

/** A register as the form asks for it; zone null: not known, because the registry can't be read. */
export interface AskedRegister {
  readonly register: string
  readonly zone: Zone | null
}

/** What is wrong with the values, and in which registers. */
export interface ValueTrouble {
  readonly code: Code
  readonly registers: readonly string[]
}

/** What the page of the values shows. */
export interface ValuesPage {
  readonly filled: FilledForm
  readonly registers: readonly AskedRegister[]
  /** null: not known. */
  readonly service: Service | null
  readonly trouble?: ValueTrouble
  readonly headers?: Readonly<Record<string, string>>
}

/** The second page: one field a register. With a trouble it is 422. */
export function valuesPage({ filled, registers, service, trouble, headers }: ValuesPage, site: Site): WireReply {
  const words = wordsOf(filled.language)
  const fields = registers.map((register) =>
    fieldOf(register, { filled, words, trouble, many: registers.length > 1, service }),
  )
  return pageReply(
    {
      status: trouble === undefined ? 200 : 422,
      language: filled.language,
      title: words.valuesTitle,
      isError: trouble !== undefined,
      address: trouble === undefined ? '/meter' : '',
      answered: filled,
      ...(headers !== undefined && { headers }),
      main: html`<p class="step">${words.step(2)}</p>
<h1>${words.valuesTitle}</h1>
${errorSummary(fields, words)}
<p class="meter-name">${words.meterEnding(lastDigits(filled.meter))} <a href="${site.home}?lang=${filled.language}">${words.otherMeter}</a></p>
<p class="intro">${takesDecimals(service) ? words.valuesIntroDecimals : words.valuesIntro}${registers.some(isUnknown) && ` ${words.valuesIntroOne}`}</p>
<form method="post" action="${site.home}" novalidate>
${carried(filled)}
${hidden({ account: filled.account, meter: filled.meter, ...(filled.answers !== null && { answers: filled.answers }) })}
${fields.map(fieldRow)}
${trap(filled.language)}
<button class="primary">${words.send}</button>
</form>`,
    },
    site,
  )
}

/** Electricity is billed in whole kilowatt-hours; water and heat keep their decimals (rule 11), and it may be one of them. */
function takesDecimals(service: Service | null): boolean {
  return service !== 'ELECTRICITY'
}

/** Whether the meter may lack that register. */
function isUnknown({ zone }: AskedRegister): boolean {
  return zone === null
}

/** The last 4 digits of what the customer typed. */
export function lastDigits(meter: string): string {
  return meter.slice(-4)
}

interface FieldParts {
  readonly filled: FilledForm
  readonly words: Words
  readonly trouble: ValueTrouble | undefined
  readonly many: boolean
  readonly service: Service | null
}

function fieldOf(asked: AskedRegister, { filled, words, trouble, many, service }: FieldParts): Field {
  const { register } = asked
  return {
    name: register,
    label: registerName(asked, words, many),
    value: filled.values[register] ?? '',
    error: trouble?.registers.includes(register) ? errorText(trouble.code, words, service) : undefined,
    isOneOfMany: many,
    inputMode: takesDecimals(service) ? 'decimal' : 'numeric',
    isOptional: isUnknown(asked),
  }
}

/** «T1 (день)»; a single register is called what it is, with its label. */
function registerName({ register, zone }: AskedRegister, words: Words, many: boolean): string {
  const name = zone === null ? '' : words.zones[zone]
  if (name !== '') return `${register} (${name})`
  return many ? register : `${words.singleRegister} (${register})`
}

function errorText(code: Code, { errors, errorsDecimals }: Words, service: Service | null): string {
  const texts: Readonly<Partial<Record<Code, string>>> = takesDecimals(service)
    ? { ...errors, ...errorsDecimals }
    : errors
  return texts[code] ?? errors.OTHER
}

/** Values as a list: label and number. */
export function valueList(values: readonly (AskedRegister & { readonly value: string })[], language: Language): Html {
  const words = wordsOf(language)
  return html`<dl class="values">${values.map(
    (one) =>
      html`<div><dt>${registerName(one, words, values.length > 1)}</dt><dd>${written(one.value, messagesIn(language))}</dd></div>`,
  )}</dl>`
}
