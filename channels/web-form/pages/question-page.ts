import type { Code } from '../../../schemas/codes.ts'
import type { WireReply } from '../../../src/channel/define-channel.ts'
import { type Html, html } from '../../../src/channel/html.ts'
import type { Item, ShownValue } from '../../../src/core/delivery.ts'
import { mayInsist } from '../../../src/core/rules/consequences.ts'
import type { FilledForm } from '../wire.ts'
import { type Words, wordsOf } from '../words.ts'
import { carried, errorSummary, hidden } from './fields.ts'
import { pageReply, type Site } from './shell.ts'
import { lastDigits, valueList } from './values-page.ts'

/** What the judge asks, and of which form. */
export interface Question {
  readonly filled: FilledForm
  readonly code: Code
  readonly item: Item
  readonly deliveryId: string
  /** ISO instant at which the values came. */
  readonly valuesAt: string
}

/** The page that asks (422): yes, or the proposal, or go and correct it. It never says what was read before. */
export function questionPage(question: Question, site: Site): WireReply {
  const { filled, code, item } = question
  const words = wordsOf(filled.language)
  return pageReply(
    {
      status: 422,
      language: filled.language,
      title: words.questionTitle,
      answered: filled,
      main: html`<h1>${words.questionTitle}</h1>
${errorSummary([], words, html`<p>${questionText(code, words)}</p>`)}
<p class="meter-name">${words.meterEnding(lastDigits(item.meter ?? filled.meter))}</p>
<section class="card" aria-labelledby="typed"><h2 id="typed">${words.typed}</h2>${valueList(item.values, filled.language)}</section>
${proposal(question, words, site)}
${mayInsist(code) && insist(question, words, site)}
${correct(question, words, site)}`,
    },
    site,
  )
}

function questionText(code: Code, { questions }: Words): string {
  return questions[code as keyof typeof questions] ?? questions.OTHER
}

function proposal({ filled, code, item, deliveryId, valuesAt }: Question, words: Words, site: Site): Html | null {
  if (item.proposal === null) return null
  const { meter, values } = item.proposal
  const isOther = meter !== item.meter
  const fields = { ...answerFields({ deliveryId, valuesAt }), proposal: '1', confirmed: confirmedCodes(filled, code) }
  const meterFields = isOther ? { meter: lastDigits(meter), asked_meter: filled.meter } : { meter: filled.meter }
  return html`<section class="card" aria-labelledby="proposed"><h2 id="proposed">${words.proposed}</h2>
${isOther && html`<p>${words.meterEnding(lastDigits(meter))}</p>`}
${valueList(values, filled.language)}
<form method="post" action="${site.home}">
${carried(filled)}
${hidden({ account: filled.account, ...meterFields, ...fields, ...valueFields(values) })}
<button class="primary">${words.takeProposal}</button>
</form></section>`
}

function insist({ filled, code, item, deliveryId, valuesAt }: Question, words: Words, site: Site): Html {
  const isSecond = item.proposal !== null
  return html`<form method="post" action="${site.home}">
${carried(filled)}
${hidden({ account: filled.account, meter: filled.meter, ...answerFields({ deliveryId, valuesAt }) })}
${hidden({ confirmed: confirmedCodes(filled, code), ...filled.values })}
<button class="${isSecond ? 'secondary' : 'primary'}">${isSecond ? words.insist : words.confirm}</button>
</form>`
}

function correct({ filled, deliveryId }: Question, words: Words, site: Site): Html {
  return html`<form method="post" action="${site.home}/meter">
${carried(filled)}
${hidden({ account: filled.account, meter: filled.meter, answers: deliveryId, ...filled.values })}
<button class="secondary">${words.correct}</button>
</form>`
}

function answerFields({ deliveryId, valuesAt }: Pick<Question, 'deliveryId' | 'valuesAt'>) {
  return { answers: deliveryId, values_at: valuesAt }
}

/** Each question that was answered with yes stays answered. */
function confirmedCodes({ confirmed }: FilledForm, code: Code): string {
  return [...new Set([...confirmed, code])].join(' ')
}

function valueFields(values: readonly ShownValue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map(({ register, value }) => [register, value]))
}
