/**
 * Whether one version of an event's JSON Schema may follow another, in both directions:
 * whoever reads with the newer schema reads every older event (BACKWARD_TRANSITIVE, a replay of the topic), and
 * whoever still reads with an older one reads every newer event. What is left is small: descriptions and examples may
 * change, and a field may come that is not required. Everything else is a new version of the type.
 */

/** A JSON Schema or a part of one. */
export interface Schema {
  readonly properties?: unknown
  readonly required?: unknown
  readonly items?: unknown
  readonly [keyword: string]: unknown
}

/** Keywords that say nothing about which documents are valid. */
const words = new Set(['$id', '$schema', 'title', 'description', 'examples', 'deprecated'])
/** Keywords that are compared field by field, not as a whole. */
const structure = new Set(['properties', 'required', 'items'])

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const fieldsOf = (schema: Schema): Schema => (isSchema(schema.properties) ? schema.properties : {})
const requiredOf = (schema: Schema): ReadonlySet<unknown> =>
  new Set(Array.isArray(schema.required) ? schema.required : [])

/** What in `newer` breaks a consumer of `older`, or a replay by a consumer of `newer`; one sentence each, none: nothing. */
export function breaks(older: Schema, newer: Schema, at = '$'): string[] {
  return [...keywordBreaks(older, newer, at), ...fieldBreaks(older, newer, at), ...itemBreaks(older, newer, at)]
}

function keywordBreaks(older: Schema, newer: Schema, at: string): string[] {
  return [...new Set([...Object.keys(older), ...Object.keys(newer)])]
    .filter((keyword) => !words.has(keyword) && !structure.has(keyword))
    .filter((keyword) => sorted(older[keyword]) !== sorted(newer[keyword]))
    .map((keyword) => `${at}: ${keyword} changed from ${sorted(older[keyword])} to ${sorted(newer[keyword])}`)
}

function fieldBreaks(older: Schema, newer: Schema, at: string): string[] {
  const [was, is] = [fieldsOf(older), fieldsOf(newer)]
  const [must, mustNow] = [requiredOf(older), requiredOf(newer)]
  const old = Object.entries(was).flatMap(([name, field]) => {
    const here = `${at}.${name}`
    const next = is[name]
    if (!isSchema(field) || !isSchema(next)) return [`${here}: removed or renamed`]
    const duty =
      must.has(name) === mustNow.has(name) ? [] : [`${here}: no longer ${must.has(name) ? '' : 'not '}required`]
    return [...duty, ...breaks(field, next, here)]
  })
  const fresh = Object.keys(is).filter((name) => !(name in was) && mustNow.has(name))
  return [...old, ...fresh.map((name) => `${at}.${name}: new and required, which older events don't have`)]
}

function itemBreaks(older: Schema, newer: Schema, at: string): string[] {
  if (isSchema(older.items) && isSchema(newer.items)) return breaks(older.items, newer.items, `${at}[]`)
  return sorted(older.items) === sorted(newer.items) ? [] : [`${at}: items changed`]
}

/** JSON with the order of lists and names taken out, so that only the meaning is compared. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).sort().join(',')}]`
  if (!isSchema(value)) return JSON.stringify(value) ?? 'nothing'
  const names = Object.keys(value).filter((name) => !words.has(name))
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${sorted(value[name])}`)
    .join(',')}}`
}
