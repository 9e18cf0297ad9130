import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { instant } from '../channel/variables.ts'
import { isOfSqlite } from '../core/error-code.ts'
import type { RegistryTarget } from '../core/registry.ts'
import { madeFolder } from '../folders.ts'
import { storeKind } from '../open-store.ts'
import { importRegistry } from '../registry/import.ts'
import { problemLines } from '../registry/problems.ts'
import { postgresRegistryTarget } from '../store/postgres/registry-target.ts'
import type { CliContext } from './context.ts'
import { ownBranches, ownDataDir, ownVariable } from './own-config.ts'
import { unreadable } from './unreadable.ts'

/**
 * `registry import FILE`: makes FILE the registry of the store (STORE_URL), all or nothing. 0: imported, or unchanged; 1: nothing
 * changed, and stderr names every bad row by line and column; 2: wrong usage. Throws where the database of STORE_URL can't be written.
 */
export async function registryImport(args: readonly string[], context: CliContext): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name.startsWith('-') || rest.length > 0) return 2
  const branches = ownBranches(context)
  if ('problems' in branches) {
    for (const problem of branches.problems) context.stderr(`BRANCHES_FILE: ${problem}`)
    return 1
  }
  const dir = madeFolder(ownDataDir(context), { variable: 'DATA_DIR', mode: 0o700 })
  try {
    const file = resolve(context.cwd, name)
    if (!statSync(file).isFile()) {
      context.stderr('not imported: it is no file; what comes through a pipe can be read only once')
      return 1
    }
    const now = laterClock(context, new Date().toISOString())
    const target = await targetIn(context)
    return tell(await importRegistry({ file, dir, ...branches, id: randomUUID(), now, ...target }), context)
  } catch (error) {
    context.stderr(`not imported: ${unwritable(error) ?? `the file ${unreadable(error, resolve(context.cwd, name))}`}`)
    return 1
  }
}

/** The machine's instant, or that of CLOCK where it is later: a demonstration's data may be of days that the machine has not seen. */
function laterClock({ env }: CliContext, now: string): string {
  const { data: set = now } = instant.safeParse(env['CLOCK'])
  return set > now ? set : now
}

/** SQLite's own sentence names no place; null: the error is none of SQLite's. */
function unwritable(error: unknown): string | null {
  if (!isOfSqlite(error)) return null
  return `DATA_DIR cannot be written (${error.message}): look at its rights and its disk`
}

async function targetIn(context: CliContext): Promise<{ target?: RegistryTarget }> {
  const url = ownVariable(context, 'STORE_URL')
  return storeKind(url) === 'postgres' ? { target: await postgresRegistryTarget(url) } : {}
}

function tell(imported: Awaited<ReturnType<typeof importRegistry>>, { stdout, stderr }: CliContext): number {
  switch (imported.kind) {
    case 'imported':
    case 'unchanged': {
      const { accounts, meters, registers } = imported.counts
      stdout(`${imported.kind}: ${accounts} accounts, ${meters} meters, ${registers} registers`)
      return 0
    }
    case 'bad': {
      const { count } = imported.problems
      for (const line of problemLines(imported.problems)) stderr(line)
      stderr(`not imported: ${count} ${count === 1 ? 'problem' : 'problems'}, nothing changed`)
      return 1
    }
    case 'busy':
      stderr('not imported: another import into this store is running')
      return 1
    case 'moving':
      stderr('not imported: the file changed while it was read; import it again')
      return 1
  }
}
