import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv } from '../../src/registry/csv.ts'
import { collectProblems } from '../../src/registry/problems.ts'

async function rowsOf(text: string, cutEvery: number) {
  const bytes = Buffer.from(text)
  const problems = collectProblems(100)
  const rows: (readonly string[])[] = []
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += cutEvery) yield bytes.subarray(at, at + cutEvery)
  }
  await readCsv(chunks(), (fields) => rows.push(fields), problems)
  return { rows, problems: problems.count }
}

const field = fc.string({ unit: fc.constantFrom('a', 'ж', '€', '"', ',', '\n', ' ', '\ufeff'), maxLength: 8 })
const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

test('what was written as CSV is read again, wherever the stream is cut', async () => {
  const property = fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (rows, cutEvery) => {
    const text = `head,er\n${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`
    expect(await rowsOf(text, cutEvery)).toEqual({ rows: [['head', 'er'], ...rows], problems: 0 })
  })
  await fc.assert(property, { numRuns: 500 })
})

test('csv-parse reads the same rows of any text that it takes without complaint', async () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'ж', '"', '"', ',', ',', '\n', '\n'), maxLength: 24 })
  const property = fc.asyncProperty(texts, async (text) => {
    let theirs: string[][]
    try {
      theirs = parse(text, { relax_column_count: true, skip_empty_lines: true, record_delimiter: '\n' })
    } catch {
      return
    }
    expect(await rowsOf(text, 1000)).toEqual({ rows: theirs, problems: 0 })
  })
  await fc.assert(property, { numRuns: 2000 })
})
