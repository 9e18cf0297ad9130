import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { breaks, type Schema } from '../../schemas/compatibility.ts'
import { documents, frozen, versioned, written } from '../../schemas/generate.ts'
import { validatorOf } from './validate.ts'

const directory = join(import.meta.dirname, '../../schemas')

describe('the generated documents', () => {
  test.each([...documents()])('%s is what the zod schemas say now (node schemas/generate.ts)', (file, document) => {
    expect(readFileSync(join(directory, file), 'utf8')).toBe(written(document))
  })

  test('no generated file is left over', () => {
    const files = readdirSync(directory).filter((name) => name.endsWith('.json'))
    expect(files.sort()).toEqual([...documents().keys()].sort())
  })

  test.each(versioned)('%s is a strict JSON Schema 2020-12, with a description on every field', (file) => {
    validatorOf(file)
    expect(undescribed(documents().get(file) ?? {})).toEqual([])
  })

  test('every reference of the AsyncAPI document leads somewhere', () => {
    const document = documents().get('asyncapi.json') ?? {}
    expect(references(document).filter((reference) => !resolves(reference, document))).toEqual([])
    expect(references(document)).toHaveLength(8)
  })
})

describe('compatibility', () => {
  test.each(versioned)('%s breaks no consumer of any frozen version', (file) => {
    const versions = frozen(file)
    expect(versions.length).toBeGreaterThan(0)
    expect(versions.flatMap((version) => breaks(version, documents().get(file) ?? {}))).toEqual([])
  })

  const older: Schema = {
    type: 'object',
    properties: {
      account: { type: 'string', description: 'a' },
      unit: { enum: ['kWh', 'm3'] },
      list: {
        type: 'array',
        items: { type: 'object', properties: { value: { type: 'string' } }, required: ['value'] },
      },
    },
    required: ['account'],
  }
  const changed = (properties: object, required: readonly string[] = ['account']): Schema => ({
    ...older,
    properties: { ...(older.properties as object), ...properties },
    required,
  })
  test.each<[string, Schema, string[]]>([
    ['the same', older, []],
    ['another description', changed({ account: { type: 'string', description: 'b', examples: ['x'] } }), []],
    ['enumerations in another order', changed({ unit: { enum: ['m3', 'kWh'] } }), []],
    ['a new field that is not required', changed({ fresh: { type: 'string' } }), []],
    ['a new required field', changed({ fresh: {} }, ['account', 'fresh']), ['$.fresh: new and required']],
    ['a field removed', { ...older, properties: { account: { type: 'string' } } }, ['$.unit: rem', '$.list: rem']],
    ['a field no longer required', changed({}, []), ['$.account: no longer required']],
    ['a field now required', changed({}, ['account', 'unit']), ['$.unit: no longer not required']],
    ['another type', changed({ account: { type: 'number' } }), ['$.account: type changed']],
    ['null allowed', changed({ account: { type: ['string', 'null'] } }), ['$.account: type changed']],
    ['an enumeration widened', changed({ unit: { enum: ['kWh', 'm3', 'Gcal'] } }), ['$.unit: enum changed']],
    ['an enumeration narrowed', changed({ unit: { enum: ['kWh'] } }), ['$.unit: enum changed']],
    ['a pattern added', changed({ account: { type: 'string', pattern: '^1' } }), ['$.account: pattern changed']],
    ['closed to new fields', { ...older, additionalProperties: false }, ['$: additionalProperties changed']],
    [
      'a field of a list renamed',
      changed({ list: { type: 'array', items: { type: 'object', properties: { v: {} }, required: ['v'] } } }),
      ['$.list[].value: rem', '$.list[].v: new'],
    ],
  ])('%s', (_what, newer, expected) => {
    const found = breaks(older, newer)
    expect(found).toHaveLength(expected.length)
    for (const [index, start] of expected.entries()) expect(found[index]).toContain(start)
  })
})

function undescribed(schema: Schema, at = '$'): string[] {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  const below = fields.flatMap(([name, field]) => undescribed(field, `${at}.${name}`))
  const items = schema.items === undefined ? [] : undescribed(schema.items as Schema, `${at}[]`)
  const own = at.endsWith('[]') || typeof schema['description'] === 'string' ? [] : [at]
  return [...own, ...below, ...items]
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => (name === '$ref' ? [String(inner)] : references(inner)))
}

function resolves(reference: string, document: unknown): boolean {
  if (reference.startsWith('./')) return documents().has(reference.slice(2))
  let at: unknown = document
  for (const name of reference.slice(2).split('/')) at = (at as Record<string, unknown> | undefined)?.[name]
  return reference.startsWith('#/') && at !== undefined
}
