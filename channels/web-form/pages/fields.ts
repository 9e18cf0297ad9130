import { type Html, html } from '../../../src/channel/html.ts'
import { serialKey } from '../../../src/language/normalise.ts'
import type { FilledForm } from '../wire.ts'
import { type Words, wordsOf } from '../words.ts'

/** One field of a form; its name is its id. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly error?: Html | string | undefined
  /** Whether the list of mistakes says the label, which the error does not. */
  readonly isOneOfMany?: boolean
  readonly inputMode: 'numeric' | 'decimal' | 'text'
  readonly autocomplete?: string
  readonly isOptional?: boolean
}

/** A labelled field; hint and error are tied to it, so that a screen reader says them with it. */
export function fieldRow({ name, label, hint, value, error, inputMode, autocomplete, isOptional }: Field): Html {
  const described = [error && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(' ')
  return html`<div class="field${error && ' wrong'}">
<label for="${name}">${label}</label>
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
${error && html`<p class="error" id="${name}-error">${error}</p>`}
<input id="${name}" name="${name}" value="${value}" type="text" inputmode="${inputMode}" maxlength="64" autocomplete="${autocomplete ?? 'off'}" autocapitalize="characters" spellcheck="false"${!isOptional && ' required'}${described && html` aria-describedby="${described}"`}${error && html` aria-invalid="true"`}>
</div>`
}

/** The fields that name a meter. `refused`: what is wrong with an account that is there. */
export function numberFields(
  { account, meter, language }: Pick<FilledForm, 'account' | 'meter' | 'language'>,
  { isIncomplete, refused }: { readonly isIncomplete: boolean; readonly refused: Html | string | undefined },
): readonly Field[] {
  const words = wordsOf(language)
  const [noAccount, noMeter] = [isIncomplete && account === '', isIncomplete && serialKey(meter) === '']
  return [
    {
      name: 'account',
      label: words.account,
      hint: words.accountHint,
      value: account,
      error: noAccount ? words.accountEmpty : refused,
      inputMode: 'text',
    },
    {
      name: 'meter',
      label: words.meter,
      hint: words.meterHint,
      value: meter,
      error: noMeter ? words.meterEmpty : undefined,
      inputMode: 'text',
    },
  ]
}

/** The list of what is wrong, each a link to its field; takes the focus when the page opens. */
export function errorSummary(fields: readonly Field[], words: Words, lead?: Html): Html | null {
  const wrong = fields.filter(({ error }) => error !== undefined)
  if (wrong.length === 0 && lead === undefined) return null
  return html`<div class="summary" id="summary" role="alert" tabindex="-1" autofocus>
<h2>${words.summary}</h2>
${lead}
${wrong.length > 0 && html`<ul>${wrong.map(({ name, label, error, isOneOfMany }) => html`<li><a href="#${name}">${isOneOfMany && `${label}. `}${error}</a></li>`)}</ul>`}
</div>`
}

/** Fields that travel unseen. */
export function hidden(fields: Readonly<Record<string, string>>): Html {
  return html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`
}

/** What every step carries on: language and the page's own id. */
export function carried({ language, submissionId }: Pick<FilledForm, 'language' | 'submissionId'>): Html {
  return hidden({ lang: language, submission_id: submissionId })
}

/** A field that people neither see nor hear; robots fill it in. */
export function trap(language: FilledForm['language']): Html {
  return html`<div class="trap" aria-hidden="true"><label>${wordsOf(language).website} <input name="website" type="text" tabindex="-1" autocomplete="off"></label></div>`
}
