import { chmodSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Row } from './row.ts'

/** Rows wait here, on disk, until all rows of an account can be seen together: they may stand anywhere in the file. */
export interface Stage {
  add(row: Row): void
  /** All rows, account by account (ordered by number and branch), in file order within each. Once, after the last `add`. */
  accounts(): Generator<[Row, ...Row[]]>
  close(): void
}

/** Memory for pages and for sorting, in KiB; the keys of two million rows take some 70 MB, the rest goes to disk. */
const CACHE_KIBIBYTES = 16_384

/** Makes a stage in `file`, which nobody else reads and which a crash may spoil; `tempDir` takes what sorting spills. */
export function openStage(file: string, tempDir: string): Stage {
  const database = new DatabaseSync(file)
  chmodSync(file, 0o600)
  database.exec(`
    PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = FILE;
    PRAGMA cache_size = -${CACHE_KIBIBYTES};
    PRAGMA temp_store_directory = '${tempDir.replaceAll("'", "''")}';
    CREATE TABLE row (id INTEGER PRIMARY KEY, account TEXT NOT NULL, branch TEXT NOT NULL, row TEXT NOT NULL) STRICT;
    BEGIN;
  `)
  const insert = database.prepare('INSERT INTO row (account, branch, row) VALUES (?, ?, ?)')
  return {
    add: (row) => insert.run(row.account, row.branch, pack(row)),
    *accounts() {
      database.exec(
        'CREATE INDEX row_by_account ON row (account, branch); PRAGMA cache_size = -4096; PRAGMA shrink_memory',
      )
      const order = 'SELECT account, branch, row FROM row ORDER BY account, branch, id'
      const sorted = database.prepare(order, { returnArrays: true })
      yield* grouped(sorted.iterate() as unknown as Iterable<[string, string, string]>)
    },
    close: () => database.close(),
  }
}

function* grouped(sorted: Iterable<[account: string, branch: string, row: string]>): Generator<[Row, ...Row[]]> {
  let rows: [Row, ...Row[]] | null = null
  for (const [account, branch, packed] of sorted) {
    const row = unpack(account, branch, packed)
    if (rows !== null && rows[0].account === account && rows[0].branch === branch) {
      rows.push(row)
      continue
    }
    if (rows !== null) yield rows
    rows = [row]
  }
  if (rows !== null) yield rows
}

/** Without names, which two million rows would repeat; `unpack` reads in the same order. */
function pack(row: Row): string {
  const { line, oldAccount, unifiedAccount, phone, service, meter, status, replacedBy, ratio } = row
  const { register, zone, digits, decimals, lastValue, lastDate, monthlyUsage } = row
  const ofMeter: PackedMeter = [line, oldAccount, unifiedAccount, phone, service, meter, status, replacedBy, ratio]
  const ofRegister: PackedRegister = [register, zone, digits, decimals, lastValue, lastDate, monthlyUsage]
  return JSON.stringify([...ofMeter, ...ofRegister] satisfies Packed)
}

function unpack(account: string, branch: string, packed: string): Row {
  const [line, oldAccount, unifiedAccount, phone, service, meter, status, replacedBy, ratio, ...ofRegister] =
    JSON.parse(packed) as Packed
  const [register, zone, digits, decimals, lastValue, lastDate, monthlyUsage] = ofRegister
  const head = { line, branch, account, oldAccount, unifiedAccount, phone }
  const ofMeter = { service, meter, status, replacedBy, ratio }
  return { ...head, ...ofMeter, register, zone, digits, decimals, lastValue, lastDate, monthlyUsage }
}

type PackedMeter = [
  Row['line'],
  Row['oldAccount'],
  Row['unifiedAccount'],
  Row['phone'],
  Row['service'],
  Row['meter'],
  Row['status'],
  Row['replacedBy'],
  Row['ratio'],
]
type PackedRegister = [
  Row['register'],
  Row['zone'],
  Row['digits'],
  Row['decimals'],
  Row['lastValue'],
  Row['lastDate'],
  Row['monthlyUsage'],
]
type Packed = [...PackedMeter, ...PackedRegister]
