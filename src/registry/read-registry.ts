import { dirname } from 'node:path'
import type { Branches } from '../core/branch.ts'
import type { RegistryWriter } from '../core/registry.ts'
import { assemble } from './assemble.ts'
import { type ColumnPlaces, readHeader } from './columns.ts'
import { readCsv } from './csv.ts'
import { dayCheck } from './days.ts'
import type { Problems } from './problems.ts'
import { type RowRules, readRow } from './row.ts'
import { openStage, type Stage } from './stage.ts'

/** What a reading of the file needs besides its bytes. */
export interface ReadRequest {
  readonly branches: Branches
  /** A file that may be made, and is the caller's to remove. */
  readonly stageFile: string
  /** Where everything wrong is named; any: what the writer got is worth nothing. */
  readonly problems: Problems
  /** Gets each account once, in order of number and branch. */
  readonly writer: Pick<RegistryWriter, 'add'>
  /** ISO instant; billing dates may lie a year ahead of it (a demonstration's clock may stand behind its data). */
  readonly now: string
}

/**
 * Reads, checks and gathers a whole registry file in bounded memory, and gives its accounts to the writer, whatever
 * store that fills. Returns the SHA-256 of the bytes, in hexadecimal.
 */
export async function readRegistry(bytes: AsyncIterable<Buffer>, request: ReadRequest): Promise<string> {
  const { problems, writer } = request
  const stage = openStage(request.stageFile, dirname(request.stageFile))
  try {
    const digest = await stageRows(bytes, stage, request)
    const whole = problems.count === 0
    for (const rows of stage.accounts()) {
      const account = assemble(rows, { problems, whole })
      const added = account !== null && problems.count === 0 ? writer.add(account) : undefined
      if (added !== undefined) await added
    }
    return digest
  } finally {
    stage.close()
  }
}

async function stageRows(bytes: AsyncIterable<Buffer>, stage: Stage, request: ReadRequest): Promise<string> {
  const { problems } = request
  let header: ColumnPlaces | null | undefined
  let headerOn = 0
  let rules: RowRules | null = null
  let rows = 0
  const take = (fields: readonly string[], line: number): void => {
    if (header === undefined) {
      headerOn = line
      // Behind a first line that could not be read stands a row, not a header.
      header = problems.listed.some((before) => before.line < line) ? null : readHeader(fields, problems)
      rules = header && rowRules(header, request)
      return
    }
    rows++
    const row = rules && readRow(fields, line, rules)
    if (row !== null) stage.add(row)
  }
  // Behind a wrong header every line may look wrong: what is to be put right would stand above thousands of them.
  const add: Problems['add'] = (line, column, what) => {
    if (header !== null || line <= headerOn) problems.add(line, column, what)
  }
  const digest = await readCsv(bytes, take, { add })
  if (problems.count > 0) return digest
  if (header === undefined) problems.add(1, null, 'is missing: the file has no header')
  else if (rows === 0) problems.add(2, null, 'is missing: the file has no rows')
  return digest
}

function rowRules(places: ColumnPlaces, { branches, problems, now }: ReadRequest): RowRules {
  const accountPatterns = new Map(branches.map(({ id, accountPattern }) => [id, new RegExp(accountPattern, 'u')]))
  const latest = Temporal.PlainDate.from(now.slice(0, 10)).add({ years: 1 }).toString()
  return { places, accountPatterns, isDay: dayCheck(latest), problems }
}
