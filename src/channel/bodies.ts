import { isUtf8 } from 'node:buffer'
import type { z } from 'zod'
import type { Unreadable, WireRequest } from './define-channel.ts'

/** Parses the fields of a form by a schema, first value of each name; what does not fit is unreadable. */
export function formBody<Schema extends z.ZodObject>(
  schema: Schema,
): (request: Pick<WireRequest, 'form'>) => z.infer<Schema> | null {
  return ({ form }) => schema.safeParse(form).data ?? null
}

/**
 * Parses a JSON body by a schema; the sentence names the fields at fault and what is wanted of each, never what stands in
 * them. Numbers of the names in `exact`, wherever they stand, are given to the schema as their text.
 */
export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
  exact: ReadonlySet<string> = NONE,
): (request: Pick<WireRequest, 'body'>) => z.infer<Schema> | Unreadable {
  return ({ body }) => {
    const json = jsonOf(body, exact)
    if (json === undefined) return { unreadable: 'The body is not JSON in UTF-8.' }
    const parsed = schema.safeParse(json)
    return parsed.success ? parsed.data : { unreadable: sentenceOf(parsed.error.issues) }
  }
}

/** zod's own words tell of types and bounds, not of values. */
function sentenceOf(issues: readonly z.core.$ZodIssue[]): string {
  const named = issues
    .map(({ path, message }) => ({ field: String(path[0] ?? 'the body itself'), message }))
    .filter(({ field }) => FIELD_NAME.test(field))
  const fields = new Set(named.map(({ field }) => field))
  const wanted = named.map(({ field, message }) => `${field}: ${message}`)
  return `Missing or malformed: ${[...fields].join(', ')}. ${wanted.join('; ')}.`
}

/** A field's name as schemas write it; anything else came from the caller and is not repeated. */
const FIELD_NAME = /^[a-zA-Z_]{1,32}$|^the body itself$/

/** The JSON value, or undefined where the bytes are no JSON in UTF-8. */
function jsonOf(body: Buffer, exact: ReadonlySet<string>): unknown {
  if (!isUtf8(body)) return undefined
  // Some programs put a mark before the first character; RFC 8259, section 8.1, lets us pass over it.
  const json = body.toString('utf8').replace(/^\ufeff/, '')
  try {
    return exact.size === 0 ? JSON.parse(json) : parseExactly(json, exact)
  } catch {
    return undefined
  }
}

const NONE: ReadonlySet<string> = new Set()

/**
 * JSON.parse, but that numbers of those names stay the text they were written as: an id of 64 bits loses its last
 * digits in a double, and two different ones become equal (rule 29). Throws as JSON.parse does.
 */
export function parseExactly(json: string, exact: ReadonlySet<string>): unknown {
  return JSON.parse(json, (name: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && exact.has(name) ? (context?.source ?? String(value)) : value,
  )
}
