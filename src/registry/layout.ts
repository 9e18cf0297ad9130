import { z } from 'zod'

/** Counts up whenever a generation is laid out otherwise: an older one is then imported anew, never misread. */
export const LAYOUT = 3

/**
 * One row an account, found by its number in one descent of the tree; old numbers, ЕЛС and phones lead to it. `facts` is
 * what `packAccount` makes, `known` the filters of the keys that there are, in parts.
 */
export const GENERATION_SCHEMA = `
  CREATE TABLE account (account TEXT, branch TEXT, facts TEXT NOT NULL, PRIMARY KEY (account, branch)) STRICT, WITHOUT ROWID;
  CREATE TABLE alias (alias TEXT, account TEXT, branch TEXT, PRIMARY KEY (alias, account, branch)) STRICT, WITHOUT ROWID;
  CREATE TABLE phone (phone TEXT, account TEXT, branch TEXT, PRIMARY KEY (phone, account, branch)) STRICT, WITHOUT ROWID;
  CREATE TABLE known (keys TEXT, part INTEGER, bits BLOB NOT NULL, PRIMARY KEY (keys, part)) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${LAYOUT};
`

/** The small file that says which generation is the registry; renamed into place, so it is always whole. */
export const Pointer = z.strictObject({
  layout: z.literal(LAYOUT),
  file: z.string().regex(/^registry-[\w-]+\.sqlite$/),
  digest: z.string().describe('SHA-256 of the imported file and of what it was checked against.'),
  accounts: z.int().nonnegative(),
  meters: z.int().nonnegative(),
  registers: z.int().nonnegative(),
  importedAt: z.string(),
})
export type Pointer = z.infer<typeof Pointer>
