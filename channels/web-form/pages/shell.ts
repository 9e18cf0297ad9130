import type { WireReply } from '../../../src/channel/define-channel.ts'
import { type Html, html } from '../../../src/channel/html.ts'
import type { Language } from '../../../src/core/delivery.ts'
import type { BillUrls } from '../../../src/language/bill-qr.ts'
import { type FilledForm, sentFields } from '../wire.ts'
import { wordsOf } from '../words.ts'
import { hidden } from './fields.ts'

/** Where the form hangs. */
export const PREFIX = '/pokazaniya'

/** What all pages know of their surroundings. */
export interface Site {
  /** Path of the form, as browsers see it. */
  readonly home: string
  /** Address of the assets' folder. */
  readonly assets: string
  readonly urls: BillUrls
}

/** A page's own part. */
export interface Page {
  readonly status: number
  readonly language: Language
  readonly title: string
  readonly main: Html
  /** Whether the page tells of an error, which its title then says first. */
  readonly isError?: boolean
  /** Address below the prefix at which the same page can be had in the other language; none: its beginning. */
  readonly address?: string
  /** The form that the page answers: sent to that address once more it brings the same page, and what was typed with it. */
  readonly answered?: FilledForm | undefined
  /** Whether the page can read a QR code. */
  readonly scans?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** Nothing but our own files; the camera's worker and the module that starts it only where they are wanted. */
function policyOf(scans: boolean): string {
  const scripts = scans ? "; script-src 'self'; worker-src 'self'" : ''
  return `default-src 'none'; style-src 'self'; img-src 'self'${scripts}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
}

/** A whole page as a reply. */
export function pageReply(page: Page, site: Site): WireReply {
  const { status, language, headers } = page
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'content-security-policy': policyOf(page.scans ?? false),
      // No copy for others; but what answers a form is kept by the browser, or going back to it would show an error.
      'cache-control': 'private, no-cache',
      vary: 'accept-language',
      ...headers,
    },
    body: shell(page, site).markup,
  }
}

function shell(page: Page, { assets, home }: Site): Html {
  const { language, title, main, isError, scans } = page
  const words = wordsOf(language)
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<title>${isError && `${words.error}: `}${title} — ${words.brand}</title>
<link rel="icon" href="${assets}/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${assets}/style.css">
${scans && html`<script type="module" src="${assets}/channels/web-form/browser/scan.ts"></script>`}
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header>
<div class="bar">
<a class="brand" href="${home}?lang=${language}"><img src="${assets}/icon.svg" alt="" width="28" height="28"> ${words.brand}</a>
<nav aria-label="${words.language}">${languageSwitch(page, home)}</nav>
</div>
</header>
<main id="main">
${main}
</main>
<footer><p>${words.footer}</p></footer>
</body>
</html>
`
}

const NAMES = { ru: 'Русский', en: 'English' }

function languageSwitch({ language, answered, address: path = '' }: Page, home: string): Html {
  const other = language === 'ru' ? 'en' : 'ru'
  const address = home + path
  if (answered !== undefined)
    return html`<form method="post" action="${address}">${hidden({ ...sentFields(answered), lang: other })}<button lang="${other}">${NAMES[other]}</button></form>`
  const join = address.includes('?') ? '&' : '?'
  return html`<a href="${address}${join}lang=${other}" lang="${other}" hreflang="${other}">${NAMES[other]}</a>`
}
