/** Markup that is safe to send: made by `html` alone. */
export interface Html {
  readonly markup: string
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, null, false and undefined are nothing. */
export type Part = string | number | Html | readonly Part[] | null | undefined | false

/** Tags a template: whatever is put in is escaped, in text and in quoted attributes alike. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = texts.reduce((made, text, at) => made + markupOf(parts[at - 1]) + text)
  return { markup }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(markupOf).join('')
}
