import { isUtf8 } from 'node:buffer'
import type { z } from 'zod'
import type { Unreadable, WireRequest } from './define-channel.ts'

/** Parses those form fields that the schema names, first value of each; what does not fit is unreadable. */
export function formBody<Schema extends z.ZodObject>(schema: Schema): (request: WireRequest) => z.infer<Schema> | null {
  const names = Object.keys(schema.shape)
  return ({ fields }) => {
    const named: Record<string, string | undefined> = {}
    for (const name of names) named[name] = firstOf(fields[name])
    const parsed = schema.safeParse(named)
    return parsed.success ? parsed.data : null
  }
}

function firstOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value[0] : value
}

/**
 * Parses a JSON body by a schema; the sentence names the fields at fault, never what stands in them. Numbers of the
 * names in `exact`, wherever they stand, are given to the schema as their text.
 */
export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
  exact: ReadonlySet<string> = NONE,
): (request: WireRequest) => z.infer<Schema> | Unreadable {
  return ({ body }) => {
    const json = jsonOf(body, exact)
    if (json === undefined) return { unreadable: 'The body is not JSON in UTF-8.' }
    const parsed = schema.safeParse(json)
    if (parsed.success) return parsed.data
    const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'the body itself')))
    const known = [...fields].filter((field) => FIELD_NAME.test(field))
    return { unreadable: `Missing or malformed: ${known.join(', ')}.` }
  }
}

/** A field's name as schemas write it; anything else came from the caller and is not repeated. */
const FIELD_NAME = /^[a-zA-Z_]{1,32}$|^the body itself$/

/** The JSON value, or undefined where the bytes are no JSON in UTF-8. */
function jsonOf(body: Buffer, exact: ReadonlySet<string>): unknown {
  if (!isUtf8(body)) return undefined
  try {
    return exact.size === 0 ? JSON.parse(body.toString('utf8')) : parseExactly(body.toString('utf8'), exact)
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
