/** Customers that nobody has, what a registry knows of their meters, and what they mean to write. */
import type { Service } from '../../../src/core/facts.ts'
import type { Chance } from './chance.ts'

/** A register, and the reading that its customer wants to give. */
export interface InventedRegister {
  readonly name: string
  readonly int: number
  readonly dec: number
  readonly previous: number
  readonly avgMonthly: number
  /** As it is written, `586369`, `24056.913`. */
  readonly value: string
}

/** A customer with one meter. */
export interface Customer {
  readonly account: string
  readonly meter: string
  readonly service: Service
  readonly registers: readonly InventedRegister[]
}

/** From the registry's last reading to the drop-box. */
const DAYS = 31
const DAYS_A_MONTH = 30.4375
/** The previous reading stands below this share of the dial: what rolls over is another test's. */
const DIAL_SHARE = 0.93

/** So many, each with an account of its own. */
export function inventCustomers(count: number, chance: Chance): Customer[] {
  const accounts = new Set<string>()
  while (accounts.size < count) accounts.add(`5${String(chance.whole(0, 1e9)).padStart(9, '0')}`)
  return [...accounts].map((account) => ({
    account,
    meter: `0${String(chance.whole(0, 1e11)).padStart(11, '0')}`,
    ...(chance.yes(0.9) ? electricity(chance) : water(chance)),
  }))
}

function electricity(chance: Chance): Pick<Customer, 'service' | 'registers'> {
  const count = chance.weighted([
    [1, 0.5],
    [2, 0.3],
    [3, 0.2],
  ])
  const int = chance.weighted([
    [5, 0.3],
    [6, 0.6],
    [7, 0.1],
  ])
  const base = 160 * Math.exp(chance.normal(0, 0.6))
  const shares = count === 1 ? [1.3] : [1, 0.45, 0.35]
  const registers = shares.slice(0, count).map((share, k) => {
    const avgMonthly = Math.max(3, Math.round(base * share * chance.uniform(0.8, 1.2)))
    return registerOf({ name: `T${k + 1}`, int, dec: 0, avgMonthly }, chance)
  })
  return { service: 'ELECTRICITY', registers }
}

function water(chance: Chance): Pick<Customer, 'service' | 'registers'> {
  const service = chance.one(['COLD_WATER', 'HOT_WATER', 'GAS'] as const)
  const dec = chance.weighted([
    [1, 0.5],
    [2, 0.2],
    [3, 0.3],
  ])
  const avgMonthly = Math.max(1, Math.round((service === 'GAS' ? 40 : 6) * Math.exp(chance.normal(0, 0.5))))
  return { service, registers: [registerOf({ name: 'T1', int: 5, dec, avgMonthly }, chance)] }
}

type Dial = Pick<InventedRegister, 'name' | 'int' | 'dec' | 'avgMonthly'>

/** A month's use spreads around the usual as people's does: half within a quarter of it. */
function registerOf(dial: Dial, chance: Chance): InventedRegister {
  const top = 10 ** dial.int
  const high = top * DIAL_SHARE
  const low = dial.dec === 0 ? 60 : 10
  const even = chance.uniform(0.02, DIAL_SHARE) * top
  const previous = rounded(chance.yes(0.6) ? Math.exp(chance.uniform(Math.log(low), Math.log(high))) : even, dial.dec)
  const used = dial.avgMonthly * Math.exp(chance.normal(0, 0.35))
  const value = Math.min(rounded(previous + used, dial.dec), top - 1)
  return { ...dial, previous, value: value.toFixed(dial.dec) }
}

function rounded(value: number, decimals: number): number {
  return Math.floor(value * 10 ** decimals) / 10 ** decimals
}

/** Whether rules 18 to 20 let a reading pass; by arithmetic of the test's own. */
export function isPlausible(value: string, { previous, avgMonthly }: InventedRegister, service: Service): boolean {
  const used = Number(value) - previous
  const expected = (avgMonthly * DAYS) / DAYS_A_MONTH
  return used >= 0 && used <= Math.max(2 * expected, expected + (service === 'ELECTRICITY' ? 150 : 10))
}

/** The same customer with a reading that can't be: below the last one, or far above. */
export function withAbsurd(customer: Customer, at: number, chance: Chance): Customer {
  const registers = customer.registers.map((register, k) => {
    if (k !== at) return register
    const { previous, avgMonthly, int, dec } = register
    const below = previous - chance.uniform(5, 400)
    const above = previous + avgMonthly * chance.uniform(12, 60) + 2_500
    const value =
      Math.max(0, below) < previous - 1 && chance.yes(0.5) ? Math.max(0, below) : Math.min(10 ** int - 1, above)
    return { ...register, value: rounded(value, dec).toFixed(dec) }
  })
  return { ...customer, registers }
}
