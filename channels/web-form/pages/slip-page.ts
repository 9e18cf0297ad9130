import type { WireReply } from '../../../src/channel/define-channel.ts'
import { type Html, html } from '../../../src/channel/html.ts'
import type { FilledForm } from '../wire.ts'
import { russianMarked, type Words, wordsOf } from '../words.ts'
import { errorSummary, fieldRow, hidden, numberFields, trap } from './fields.ts'
import { pageReply, type Site } from './shell.ts'

/** Why there is no slip, or none yet. */
export type SlipTrouble = 'incomplete' | 'not-found' | 'other-number' | 'no-form' | 'later'

/**
 * The page that asks whose slip it is to be. With a trouble it is 422, and 503 where the registry is away. `not-found` is
 * one page for an unknown account, a wrong serial and an archived meter (rule 27).
 */
export function slipPage(filled: FilledForm, site: Site, trouble?: SlipTrouble): WireReply {
  const words = wordsOf(filled.language)
  const refused = trouble === 'other-number' ? russianMarked(words.slipAccount, filled.language) : undefined
  const fields = numberFields(filled, { isIncomplete: trouble === 'incomplete', refused })
  return pageReply(
    {
      status: trouble === undefined ? 200 : trouble === 'later' ? 503 : 422,
      language: filled.language,
      title: words.slipTitle,
      address: '/slip',
      answered: trouble === undefined ? undefined : filled,
      isError: trouble !== undefined,
      main: html`<h1>${words.slipTitle}</h1>
${errorSummary(fields, words, leadOf(trouble, words))}
<p class="intro">${words.slipIntro}</p>
<form method="post" action="${site.home}/slip" novalidate>
${hidden({ lang: filled.language })}
${fields.map(fieldRow)}
${trap(filled.language)}
<button class="primary">${words.slipPrint}</button>
</form>
<details open>
<summary>${words.slipHowTitle}</summary>
<ul>${words.slipHow.map((line) => html`<li>${line}</li>`)}</ul>
</details>
<p class="on-paper"><a href="${site.home}?lang=${filled.language}">${words.slipBack}</a></p>`,
      ...(trouble === 'later' && { headers: { 'retry-after': '60' } }),
    },
    site,
  )
}

function leadOf(trouble: SlipTrouble | undefined, words: Words): Html | undefined {
  if (trouble === 'not-found') return html`<p>${words.notFound}</p><p>${words.slipMeterWhole} ${words.notFoundMore}</p>`
  if (trouble === 'no-form') return html`<p>${words.slipNone}</p>`
  return trouble === 'later' ? html`<p>${words.slipLater}</p>` : undefined
}
