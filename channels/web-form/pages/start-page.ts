import type { Code } from '../../../schemas/codes.ts'
import type { WireReply } from '../../../src/channel/define-channel.ts'
import { type Html, html } from '../../../src/channel/html.ts'
import type { FilledForm } from '../wire.ts'
import { russianMarked, type Words, wordsOf } from '../words.ts'
import { carried, errorSummary, fieldRow, hidden, numberFields, trap } from './fields.ts'
import { pageReply, type Site } from './shell.ts'

/** Why account and meter are asked for once more. */
export type StartTrouble = 'incomplete' | 'not-found' | 'old-account'

/** The outcome's code of those that are a refusal. */
const REFUSALS: Readonly<Partial<Record<StartTrouble, Code>>> = {
  'not-found': 'ACCOUNT_UNKNOWN',
  'old-account': 'OLD_ACCOUNT',
}

/**
 * The first page: account and meter. With a trouble it is 422. `not-found` is one page for an unknown account, a wrong
 * serial and an archived meter (rule 27), told by one name in the outcome header. Values that came along are carried on.
 */
export function startPage(filled: FilledForm, site: Site, trouble?: StartTrouble): WireReply {
  const words = wordsOf(filled.language)
  const refused = trouble === 'old-account' ? words.oldAccountRefused : undefined
  const fields = numberFields(filled, { isIncomplete: trouble === 'incomplete', refused })
  const refusal = trouble && REFUSALS[trouble]
  const lead = trouble === 'not-found' ? html`<p>${words.notFound}</p><p>${words.notFoundMore}</p>` : undefined
  return pageReply(
    {
      status: trouble === undefined ? 200 : 422,
      language: filled.language,
      title: words.title,
      isError: trouble !== undefined,
      scans: true,
      ...(trouble !== undefined && { address: '/meter', answered: filled }),
      main: html`<p class="step">${words.step(1)}</p>
<h1>${words.title}</h1>
${errorSummary(fields, words, lead)}
<p class="intro">${words.intro}</p>
${scanBox(site, words)}
<form method="post" action="${site.home}/meter" novalidate>
${carried(filled)}
${hidden(filled.values)}
${fields.map(fieldRow)}
${trap(filled.language)}
<button class="primary" id="next">${words.next}</button>
</form>
<details>
<summary>${words.whereTitle}</summary>
<ul>${words.where.map((line) => html`<li>${russianMarked(line, filled.language)}</li>`)}</ul>
</details>
<p class="on-paper"><a href="${site.home}/slip?lang=${filled.language}">${words.slipLink}</a></p>`,
      ...(refusal !== undefined && { headers: { 'x-reading-outcome': `rejected;code=${refusal}` } }),
    },
    site,
  )
}

/** Hidden until the module shows it: without JavaScript there is nothing to see. */
function scanBox({ urls }: Site, words: Words): Html {
  const said = Object.entries(words.scan).map(([what, sentence]) => html` data-${kebab(what)}="${sentence}"`)
  return html`<section class="scan" id="scan" aria-labelledby="scan-title" data-url-hosts="${urls.urlHosts.join(' ')}" data-url-parameter="${urls.urlParameter}" hidden>
<h2 id="scan-title">${words.scanTitle}</h2>
<p class="hint">${words.scanIntro}</p>
<div class="choices">
<button type="button" class="secondary" id="scan-camera">${words.scanCamera}</button>
<label class="file secondary" for="scan-photo"><input type="file" id="scan-photo" accept="image/*"><span>${words.scanPhoto}</span></label>
</div>
<div id="scan-view" hidden>
<video id="scan-video" muted playsinline aria-label="${words.scanVideo}"></video>
<button type="button" class="secondary" id="scan-stop">${words.scanStop}</button>
</div>
<p id="scan-status" role="status"${said}></p>
</section>`
}

/** As `dataset` has it: `noCode` is `data-no-code`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
