import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { asyncapi, type Json } from './asyncapi.ts'
import {
  AcceptedHeaders,
  AcceptedReading,
  dataSchemaOf,
  eventTypes,
  RejectedHeaders,
  RejectedReading,
} from './events.ts'

/**
 * Writes JSON Schema (2020-12) and AsyncAPI from the zod schemas: `node schemas/generate.ts`.
 * With `--freeze`, today's data schemas also become the next frozen version in `history/`, against which every later
 * change is held; do so with a release, never change a frozen file.
 */

/** JSON Schema of one zod schema; fields that it does not name are allowed, so that new ones break nobody. */
function jsonSchema(id: string, schema: z.ZodType): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', override: ownPattern })
  return { $schema, $id: id, ...rest }
}

/** The formats `uuid`, `date` and `date-time` say enough; zod's page-long patterns beside them are left out. */
function ownPattern({ jsonSchema: schema }: { jsonSchema: { format?: string; pattern?: string } }): void {
  if (schema.format !== undefined) delete schema.pattern
}

/** Every generated document by its file name, without the directory. */
export function documents(): ReadonlyMap<string, Json> {
  const { accepted, rejected } = eventTypes
  return new Map<string, Json>([
    [`${accepted}.json`, jsonSchema(dataSchemaOf(accepted), AcceptedReading)],
    [`${accepted}.headers.json`, jsonSchema(`${dataSchemaOf(accepted)}:headers`, AcceptedHeaders)],
    [`${rejected}.json`, jsonSchema(dataSchemaOf(rejected), RejectedReading)],
    [`${rejected}.headers.json`, jsonSchema(`${dataSchemaOf(rejected)}:headers`, RejectedHeaders)],
    ['asyncapi.json', asyncapi()],
  ])
}

/** The bytes of a generated file. */
export function written(document: Json): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Frozen versions of one document, oldest first: `history/<name>.1.json`, `.2.json` … */
export function frozen(file: string, directory: string = import.meta.dirname): readonly Json[] {
  const stem = file.replace(/\.json$/, '')
  const version = (name: string) => Number(name.slice(stem.length + 1, -'.json'.length))
  return readdirSync(join(directory, 'history'))
    .filter((name) => name.startsWith(`${stem}.`) && version(name) > 0)
    .sort((a, b) => version(a) - version(b))
    .map((name): Json => JSON.parse(readFileSync(join(directory, 'history', name), 'utf8')))
}

/** Documents of which history is kept. */
export const versioned: readonly string[] = Object.values(eventTypes).flatMap((type) => [
  `${type}.json`,
  `${type}.headers.json`,
])

function freeze(file: string, document: Json): void {
  const versions = frozen(file)
  if (written(versions.at(-1) ?? {}) === written(document)) return
  const name = `${file.replace(/\.json$/, '')}.${versions.length + 1}.json`
  writeFileSync(join(import.meta.dirname, 'history', name), written(document))
}

if (import.meta.main) {
  mkdirSync(join(import.meta.dirname, 'history'), { recursive: true })
  for (const [file, document] of documents()) {
    writeFileSync(join(import.meta.dirname, file), written(document))
    if (process.argv.includes('--freeze') && versioned.includes(file)) freeze(file, document)
  }
}
