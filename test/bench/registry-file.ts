import { closeSync, openSync, writeSync } from 'node:fs'

/** Columns of the registry file, as billing exports them. */
const HEADER =
  'branch,account,old_account,unified_account,phone,address,service,meter,meter_status,replaced_by,register,zone,digits,decimals,ratio,last_value,last_date,monthly_usage'

/** Branch, share of accounts, and how its account numbers look (`9` is a digit). */
const BRANCHES = [
  ['amur', 0.74, '2899999999'],
  ['neryungri', 0.07, '999999999999'],
  ['khabarovsk', 0.07, '999999999999999999'],
  ['komsomolsk', 0.05, '99999/99'],
  ['sakhalin', 0.07, '999999999'],
] as const
/** Letters of old numbers and ЕЛС. */
const LETTERS = 'АБВГДЕЗИКЛМНПРСТУХ'
const ZONES = [['TOTAL'], ['DAY', 'NIGHT'], ['PEAK', 'HALF_PEAK', 'NIGHT']] as const
const SERIAL_LENGTHS = [8, 9, 12, 13, 15] as const

/** What `writeRegistry` wrote. `samples`: some accounts, evenly spread, with their old numbers and phones. */
export interface WrittenRegistry {
  readonly accounts: number
  readonly meters: number
  readonly registers: number
  readonly samples: { accounts: string[]; aliases: string[]; phones: string[] }
}

/** So many that the processor cannot keep what they lead to. */
const SAMPLES = 100_000

type Random = (below: number) => number

/** Writes a synthetic registry of that many accounts, shaped like the sample; the same seed gives the same bytes. */
export function writeRegistry(file: string, accounts: number, seed = 1): WrittenRegistry {
  const random = randomFrom(seed)
  const fd = openSync(file, 'w')
  const samples = { accounts: [] as string[], aliases: [] as string[], phones: [] as string[] }
  const count = { meters: 0, registers: 0 }
  const shared = { alias: '', phone: '' }
  const every = Math.max(1, Math.floor(accounts / SAMPLES))
  let text = `${HEADER}\r\n`
  for (let at = 0; at < accounts; at++) {
    const branch = branchOf(random(1000) / 1000)
    const account = accountOf(branch[2], at, random)
    const alias = random(100) < 75 ? (random(100) < 20 && shared.alias) || oldNumber(random) : ''
    const phone = random(100) < 70 ? (random(100) < 10 && shared.phone) || `+79${digits(9, random)}` : ''
    const head = `${branch[0]},${account},${alias},${random(100) < 25 ? `${digits(2, random)}${oldNumber(random)}` : ''},${phone},"г. Белогорск, ул. Зейская, д. ${random(200)}, кв. ${random(200)}",ELECTRICITY`
    shared.alias = alias || shared.alias
    shared.phone = phone || shared.phone
    if (at % every === 0) keepSample(samples, { account, alias, phone })
    for (let meters = random(100) < 13 ? 2 : 1; meters > 0; meters--) {
      const rows = meterRows(head, random)
      count.meters++
      count.registers += rows.length
      text += rows.join('')
    }
    if (text.length > 1_000_000) {
      writeSync(fd, text)
      text = ''
    }
  }
  writeSync(fd, text)
  closeSync(fd)
  return { accounts, ...count, samples }
}

function keepSample(
  samples: WrittenRegistry['samples'],
  sample: { account: string; alias: string; phone: string },
): void {
  samples.accounts.push(sample.account)
  if (sample.alias) samples.aliases.push(sample.alias)
  if (sample.phone) samples.phones.push(sample.phone)
}

function branchOf(point: number): (typeof BRANCHES)[number] {
  let rest = point
  for (const branch of BRANCHES) {
    if (rest < branch[1]) return branch
    rest -= branch[1]
  }
  return BRANCHES[0]
}

/** A number of that look, unique for its place: the place times a number coprime to every power of ten. */
function accountOf(look: string, at: number, random: Random): string {
  const free = look.replaceAll(/[^9]/g, '').length
  const spread = String((at * 7_368_787) % 10 ** Math.min(free, 9)).padStart(Math.min(free, 9), '0')
  const tail = spread.padEnd(free, String(random(10)))
  let next = 0
  return look.replaceAll('9', () => tail[next++] ?? '0')
}

function meterRows(head: string, random: Random): string[] {
  const kind = random(100)
  const zones = ZONES[kind < 50 ? 0 : kind < 90 ? 1 : 2]
  const dial = 4 + random(3)
  const ratio = random(100) < 4 ? 20 : 1
  const meter = `${head},${digits(SERIAL_LENGTHS[random(5)] ?? 8, random)},ACTIVE,`
  return zones.map((zone, index) => {
    const usage = random(100) < 4 ? '' : String(20 + random(400))
    const day = String(19 + random(8))
    return `${meter},T${index + 1},${zone},${dial},${random(2)},${ratio},${random(10 ** dial)},2026-10-${day},${usage}\r\n`
  })
}

function oldNumber(random: Random): string {
  return `${LETTERS[random(LETTERS.length)]}${LETTERS[random(LETTERS.length)]}${digits(6, random)}`
}

function digits(length: number, random: Random): string {
  let text = ''
  while (text.length < length) text += String(random(1_000_000)).padStart(6, '0')
  return text.slice(0, length)
}

/** mulberry32: small, fast, the same everywhere. */
function randomFrom(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}
