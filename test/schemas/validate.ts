import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { documents } from '../../schemas/generate.ts'

/** The formats that the schemas use, as RFC 9562 and RFC 3339 have them. */
const formats = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
}

/** A validator of one generated JSON Schema, as a consumer in any language would build it. */
export function validatorOf(file: string): ValidateFunction {
  const schema = documents().get(file)
  if (schema === undefined) throw new Error(`no schema ${file}`)
  return new Ajv2020({ strict: true, allErrors: true, formats }).compile(schema)
}

const data = new Map<string, ValidateFunction>()

/** What is wrong with a record as it stands on the topic: headers and data against their JSON Schemas; none: valid. */
export function recordProblems(record: { readonly headers: Readonly<Record<string, string>>; readonly value: string }) {
  const type = record.headers['ce_type'] ?? 'none'
  const check = (file: string, value: unknown): string[] => {
    const validate = data.get(file) ?? validatorOf(file)
    data.set(file, validate)
    return validate(value)
      ? []
      : (validate.errors ?? []).map((error) => `${file}${error.instancePath} ${error.message}`)
  }
  return [...check(`${type}.headers.json`, record.headers), ...check(`${type}.json`, JSON.parse(record.value))]
}
