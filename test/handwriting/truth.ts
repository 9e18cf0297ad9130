import { readFileSync } from 'node:fs'
import { Branch } from '../../src/core/branch.ts'
import type { Register, Service } from '../../src/core/facts.ts'
import type { Known } from '../../src/core/slip-use.ts'

/** A slip of a folder of sample scans, as `truth.json` has it. */
export interface TrueSlip {
  readonly id: string
  readonly file: string
  /** 0-based. */
  readonly page: number
  readonly account: string
  readonly meter: string
  readonly registers: readonly { readonly name: string; readonly value: string; readonly read: string | null }[]
  readonly expect: 'readable' | 'ambiguous' | 'review'
  readonly reasons: readonly string[]
  readonly qrReadable: boolean
}

interface Previous {
  readonly account: string
  readonly meter: string
  /** Electricity where nothing is said. */
  readonly service?: Service
  readonly registers: readonly {
    readonly name: string
    readonly int: number
    readonly dec: number
    readonly previous: number
    readonly avgMonthly: number
  }[]
}

/** Scans with their truth, and what a registry would know. */
export interface Samples {
  readonly slips: readonly TrueSlip[]
  /** Account, meter, register → what is known; null: nothing. */
  readonly knownOf: (account: string, meter: string, register: string) => Known | null
}

/** About a month has passed since the previous reading. */
const LAST_DATE = '2026-10-25'
const DAY = Date.parse('2026-11-25') / 86_400_000

const branch = Branch.parse({
  id: 'sample',
  name: 'Samples',
  timeZone: 'Asia/Yakutsk',
  window: { fromDay: 20, toDay: 25, closesAt: '24:00', outside: 'next-period' },
  accountPattern: '^\\d{10}$',
})

/** Reads `truth.json` and `previous.json` of a folder. */
export function samplesIn(folder: string): Samples {
  const { slips } = JSON.parse(readFileSync(`${folder}/truth.json`, 'utf8')) as { slips: TrueSlip[] }
  const previous = JSON.parse(readFileSync(`${folder}/previous.json`, 'utf8')) as Previous[]
  const meters = new Map(previous.map((one) => [`${one.account}/${one.meter}`, one]))
  return {
    slips,
    knownOf(account, meter, name) {
      const previousOf = meters.get(`${account}/${meter}`)
      const found = previousOf?.registers.find((register) => register.name === name)
      return found === undefined ? null : knownFrom(found, { meter, service: previousOf?.service ?? 'ELECTRICITY' })
    },
  }
}

function knownFrom(
  { name, int, dec, previous, avgMonthly }: Previous['registers'][number],
  of: { readonly meter: string; readonly service: Service },
): Known {
  const register: Register = {
    register: name,
    zone: 'TOTAL',
    digits: int,
    decimals: dec,
    lastValue: String(previous),
    lastDate: LAST_DATE,
    monthlyUsage: String(avgMonthly),
  }
  const facts = {
    ...of,
    status: 'ACTIVE',
    replacedBy: null,
    ratio: 1,
    registers: [register],
  } as const
  return { register, scale: { branch, meter: facts, day: DAY } }
}
