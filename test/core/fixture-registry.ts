import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Account, Meter, Register, Service, Zone } from '../../src/core/facts.ts'
import type { Column } from '../../src/registry/columns.ts'

type Row = Readonly<Record<Column, string>>

function registerOf(row: Row): Register {
  return {
    register: row.register,
    zone: row.zone as Zone,
    digits: Number(row.digits),
    decimals: Number(row.decimals),
    lastValue: row.last_value,
    lastDate: row.last_date,
    monthlyUsage: row.monthly_usage || null,
  }
}

function meterOf(rows: readonly [Row, ...Row[]]): Meter {
  const [row] = rows
  return {
    meter: row.meter,
    service: row.service as Service,
    status: row.meter_status as Meter['status'],
    replacedBy: row.replaced_by || null,
    ratio: Number(row.ratio),
    registers: rows.map(registerOf),
  }
}

function accountOf(rows: readonly [Row, ...Row[]]): Account {
  const [{ branch, account, old_account, unified_account, phone }] = rows
  return {
    branch,
    account,
    oldAccount: old_account || null,
    unifiedAccount: unified_account || null,
    phone: phone || null,
    meters: groupsBy(rows, 'meter').map(meterOf),
  }
}

/** Rows that have one word in a column, in the order of their first ones. */
function groupsBy(rows: readonly Row[], column: Column): (readonly [Row, ...Row[]])[] {
  return [...Map.groupBy(rows, (row) => row[column]).values()] as [Row, ...Row[]][]
}

/** Accounts of the fixture's registry by account number; read once. */
export const fixtureAccounts = (): ReadonlyMap<string, Account> => accounts

const accounts = readAccounts()

function readAccounts(): ReadonlyMap<string, Account> {
  const rows = parse<Row>(readFileSync(new URL('../fixtures/registry.csv', import.meta.url)), { columns: true })
  const all = groupsBy(rows, 'account').map(accountOf)
  return new Map(all.map((account) => [account.account, account]))
}
