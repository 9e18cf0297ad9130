import { type Outcome, outcomeHeader } from '../../../schemas/outcome.ts'
import type { WireReply } from '../../../src/channel/define-channel.ts'
import { type Html, html } from '../../../src/channel/html.ts'
import type { Answer, Item, Language } from '../../../src/core/delivery.ts'
import type { FilledForm } from '../wire.ts'
import { dayName, periodName, type Words, wordsOf } from '../words.ts'
import { pageReply, type Site } from './shell.ts'
import { lastDigits, valueList } from './values-page.ts'

/** Whether an outcome ends the form, and is told on its own page; others are asked about or put right. */
export function endsForm(outcome: Outcome): boolean {
  if (outcome.kind === 'accepted' || outcome.kind === 'duplicate') return true
  if (outcome.kind === 'held') return outcome.code !== 'METER_REPLACED'
  return outcome.kind === 'rejected' && (outcome.code === 'OUT_OF_WINDOW' || outcome.code === 'SUPERSEDED')
}

/** What became of a submission: last 4 digits of the meter, values, period. */
export function resultPage(answer: Answer, language: Language, site: Site): WireReply {
  const words = wordsOf(language)
  const [item] = answer.items
  if (item === undefined || !endsForm(item.outcome)) return gonePage(language, site)
  const { title, note, tone } = said(item, words, language)
  return pageReply(
    {
      status: 200,
      language,
      title,
      address: `/result?id=${answer.submissionId}`,
      headers: { 'x-reading-outcome': outcomeHeader(answer.outcomes) },
      main: html`<div class="result ${tone}"><h1>${title}</h1>${note !== '' && html`<p>${note}</p>`}</div>
${facts(item, words, language)}
${notes(item.outcome, words).map((line) => html`<p class="note">${line}</p>`)}
${againLink(words, language, site)}`,
    },
    site,
  )
}

/** Outside the window of a branch that refuses it (rule 2): said before any value is asked for. */
export function closedPage(window: NonNullable<Item['window']>, filled: FilledForm, site: Site): WireReply {
  const { language } = filled
  const words = wordsOf(language)
  const title = words.outOfWindow
  return pageReply(
    {
      status: 200,
      language,
      title,
      address: '/meter',
      answered: filled,
      headers: { 'x-reading-outcome': 'rejected;code=OUT_OF_WINDOW' },
      main: html`<div class="result calm"><h1>${title}</h1><p>${closedNote(window, words, language)}</p></div>`,
    },
    site,
  )
}

function closedNote({ opensOn, closesOn }: NonNullable<Item['window']>, words: Words, language: Language) {
  return words.outOfWindowNote(dayName(opensOn, language), dayName(closesOn, language))
}

function said({ outcome, window }: Item, words: Words, language: Language) {
  if (outcome.kind === 'accepted') return { title: words.accepted, note: '', tone: 'good' }
  if (outcome.kind === 'duplicate') return { title: words.duplicate, note: '', tone: 'good' }
  if (outcome.code === 'REGISTRY_UNAVAILABLE') return { title: words.held, note: words.registryNote, tone: 'calm' }
  if (outcome.kind === 'held') return { title: words.held, note: words.heldNote, tone: 'calm' }
  if (outcome.code === 'SUPERSEDED') return { title: words.superseded, note: words.supersededNote, tone: 'calm' }
  const note = window === null ? '' : closedNote(window, words, language)
  return { title: words.outOfWindow, note, tone: 'calm' }
}

function facts({ meter, period, values }: Item, words: Words, language: Language): Html | null {
  if (meter === null) return null
  return html`<dl class="facts">
<div><dt>${words.meterShort}</dt><dd>…${lastDigits(meter)}</dd></div>
${period !== null && html`<div><dt>${words.period}</dt><dd>${periodName(period, language)}</dd></div>`}
</dl>
${valueList(values, language)}`
}

function notes(outcome: Outcome, words: Words): readonly string[] {
  if (outcome.kind !== 'accepted') return []
  const { flags } = outcome
  return [
    ...(flags.includes('OUT_OF_WINDOW') ? [words.nextPeriodNote] : []),
    ...(flags.includes('OLD_ACCOUNT') ? [words.oldAccountNote] : []),
  ]
}

function againLink(words: Words, language: Language, site: Site): Html {
  return html`<p><a class="again" href="${site.home}?lang=${language}">${words.again}</a></p>`
}

/** Looks like a success and tells nothing: what a robot gets. */
export function thanksPage(language: Language, site: Site): WireReply {
  const words = wordsOf(language)
  const main = html`<div class="result good"><h1>${words.thanks}</h1></div>${againLink(words, language, site)}`
  return pageReply({ status: 200, language, title: words.thanks, address: '/result', main }, site)
}

/** No such submission, or none that has a result. */
export function gonePage(language: Language, site: Site): WireReply {
  const words = wordsOf(language)
  const main = html`<h1>${words.goneTitle}</h1><p>${words.gone}</p>${againLink(words, language, site)}`
  return pageReply({ status: 404, language, title: words.goneTitle, main }, site)
}

/** Too many from one account or network: says when to come back. */
export function tooManyPage(language: Language, site: Site): WireReply {
  const words = wordsOf(language)
  const main = html`<h1>${words.tooManyTitle}</h1><p>${words.tooMany}</p>`
  const headers = { 'retry-after': '3600' }
  return pageReply({ status: 429, language, title: words.tooManyTitle, isError: true, main, headers }, site)
}

/** The gateway failed over a submission: a reload sends it again, and whatever became of it, it counts once. */
export function failedPage(language: Language, site: Site): WireReply {
  const { failedTitle, failed } = wordsOf(language)
  return laterPage({ language, title: failedTitle, text: failed }, site)
}

/** The gateway failed over a page without a submission. */
export function brokenPage(language: Language, site: Site): WireReply {
  const { brokenTitle, broken } = wordsOf(language)
  return laterPage({ language, title: brokenTitle, text: broken }, site)
}

function laterPage({ language, title, text }: { language: Language; title: string; text: string }, site: Site) {
  const main = html`<h1>${title}</h1><p>${text}</p>`
  return pageReply({ status: 503, language, title, isError: true, main, headers: { 'retry-after': '60' } }, site)
}
