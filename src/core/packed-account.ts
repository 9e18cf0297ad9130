import { type Account, type Meter, type Register, services, zones } from './facts.ts'

type PackedRegister = [
  register: string,
  zone: number,
  digits: number,
  decimals: number,
  lastValue: string,
  lastDate: string,
  monthlyUsage: string | null,
]
type PackedMeter = [
  meter: string,
  service: number,
  archived: 0 | 1,
  replacedBy: string | null,
  ratio: number,
  ...PackedRegister[],
]
type PackedFacts = [old: string | null, unified: string | null, phone: string | null, ...PackedMeter[]]

/** An account without branch and number, as small JSON: places instead of names, since a million of them are kept. */
export function packAccount({ oldAccount, unifiedAccount, phone, meters }: Account): string {
  return JSON.stringify([oldAccount, unifiedAccount, phone, ...meters.map(packMeter)] satisfies PackedFacts)
}

/** An account's row; `facts`: packed. */
export type AccountRow = readonly [account: string, branch: string, facts: string]

/** Makes the account again of its row. */
export function unpackAccount([account, branch, facts]: AccountRow): Account {
  const [oldAccount, unifiedAccount, phone, ...meters] = JSON.parse(facts) as PackedFacts
  return { branch, account, oldAccount, unifiedAccount, phone, meters: meters.map(unpackMeter) }
}

function packMeter({ meter, service, status, replacedBy, ratio, registers }: Meter): PackedMeter {
  const archived = status === 'ARCHIVED' ? 1 : 0
  return [meter, services.indexOf(service), archived, replacedBy, ratio, ...registers.map(packRegister)]
}

function unpackMeter([meter, service, archived, replacedBy, ratio, ...registers]: PackedMeter): Meter {
  return {
    meter,
    service: services[service] ?? 'ELECTRICITY',
    status: archived === 1 ? 'ARCHIVED' : 'ACTIVE',
    replacedBy,
    ratio,
    registers: registers.map(unpackRegister),
  }
}

function packRegister(from: Register): PackedRegister {
  const zone = zones.indexOf(from.zone)
  return [from.register, zone, from.digits, from.decimals, from.lastValue, from.lastDate, from.monthlyUsage]
}

function unpackRegister(packed: PackedRegister): Register {
  const [register, zone, digits, decimals, lastValue, lastDate, monthlyUsage] = packed
  return { register, zone: zones[zone] ?? 'TOTAL', digits, decimals, lastValue, lastDate, monthlyUsage }
}
