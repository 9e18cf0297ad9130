import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { loadBranches } from '../../src/branches.ts'
import type { Branches } from '../../src/core/branch.ts'
import { type Column, columns } from '../../src/registry/columns.ts'
import { type Imported, importRegistry } from '../../src/registry/import.ts'

/** A right row; `row` changes some of its columns. */
const right: Readonly<Record<Column, string>> = {
  branch: 'amur',
  account: '2880950488',
  old_account: 'КР468713',
  unified_account: '80СБ140983',
  phone: '+79097140165',
  address: '"г. Белогорск, пер. Пограничный, д. 10, кв. 6"',
  service: 'ELECTRICITY',
  meter: '250592064305057',
  meter_status: 'ACTIVE',
  replaced_by: '',
  register: 'T1',
  zone: 'TOTAL',
  digits: '5',
  decimals: '0',
  ratio: '1',
  last_value: '55959',
  last_date: '2026-10-22',
  monthly_usage: '372',
}

export const header = columns.join(',')

/** A row as the file holds it. */
export function row(changes: Partial<Record<Column, string>> = {}): string {
  return columns.map((column) => changes[column] ?? right[column]).join(',')
}

/** A whole file of such rows. */
export function registryFile(...rows: readonly string[]): string {
  return `${[header, ...rows].join('\n')}\n`
}

/** A folder of its own, gone after the test. */
export function temporaryDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'registry-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** The five branches that stand in the repository. */
export function exampleBranches(): Branches {
  const loaded = loadBranches(null)
  if ('problems' in loaded) throw new Error(loaded.problems.join())
  return loaded.branches
}

let imports = 0

/** Imports that content into `dir` on 22 November 2026. */
export function importText(dir: string, content: string | Buffer, branches = exampleBranches()): Promise<Imported> {
  const file = join(dir, 'import.csv')
  writeFileSync(file, content)
  const id = `test-${++imports}`
  return importRegistry({ file, dir, branches, id, now: '2026-11-22T03:00:00.000Z' })
}
