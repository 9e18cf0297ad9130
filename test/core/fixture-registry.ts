import { readFileSync } from 'node:fs'
import type { Account, Meter, Register, Service, Zone } from '../../src/core/facts.ts'

type Column =
  | 'branch'
  | 'account'
  | 'old_account'
  | 'unified_account'
  | 'phone'
  | 'service'
  | 'meter'
  | 'meter_status'
  | 'replaced_by'
  | 'register'
  | 'zone'
  | 'digits'
  | 'decimals'
  | 'ratio'
  | 'last_value'
  | 'last_date'
  | 'monthly_usage'
type Row = Readonly<Partial<Record<Column, string>>>

/** Reads a line of the fixture's CSV: commas inside quotes belong to the field. */
function fields(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
}

function rowsOf(path: string): readonly Row[] {
  const [header = '', ...lines] = readFileSync(new URL(path, import.meta.url), 'utf8')
    .trim()
    .split(/\r?\n/)
  const names = fields(header)
  return lines.map((line) => Object.fromEntries(fields(line).map((field, at) => [names[at] ?? '', field])))
}

function registerOf(row: Row): Register {
  return {
    register: row.register ?? '',
    zone: row.zone as Zone,
    digits: Number(row.digits),
    decimals: Number(row.decimals),
    lastValue: row.last_value ?? '',
    lastDate: row.last_date ?? '',
    monthlyUsage: row.monthly_usage || null,
  }
}

function meterOf(rows: readonly Row[]): Meter {
  const [row = {}] = rows
  return {
    meter: row.meter ?? '',
    service: row.service as Service,
    status: row.meter_status as Meter['status'],
    replacedBy: row.replaced_by || null,
    ratio: Number(row.ratio),
    registers: rows.map(registerOf),
  }
}

/** Accounts of the fixture's registry by account number; read once. */
export const fixtureAccounts = (): ReadonlyMap<string, Account> => accounts

const accounts = readAccounts()

function readAccounts(): ReadonlyMap<string, Account> {
  const byAccount = Map.groupBy(rowsOf('../fixtures/registry.csv'), (row) => row.account ?? '')
  return new Map(
    [...byAccount].map(([account, rows]) => {
      const meters = [...Map.groupBy(rows, (row) => row.meter).values()].map(meterOf)
      const [{ branch = '', old_account, unified_account, phone } = {} as Row] = rows
      const names = { oldAccount: old_account || null, unifiedAccount: unified_account || null, phone: phone || null }
      return [account, { branch, account, ...names, meters }]
    }),
  )
}
