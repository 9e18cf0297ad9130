/**
 * What understanding and judging one SMS costs: processor time and memory taken, without HTTP and store. Each message is
 * of an account and a sender of its own, so that nothing is remembered from one to the next but what a gateway remembers.
 * `node test/bench/understand.ts [rounds]`; rounds of 2,000 messages.
 */
import { readFileSync } from 'node:fs'
import { getHeapStatistics } from 'node:v8'
import { Branches } from '../../src/core/branch.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import type { Account } from '../../src/core/facts.ts'
import type { Facts } from '../../src/core/store.ts'
import { createDialog } from '../../src/dialog/decide.ts'

const MESSAGES = 2_000
const BATCH = 100
const ROUNDS = Number(process.argv[2] ?? 60)
/** Within the window of every branch; so many messages come in a millisecond. */
const FIRST_MS = Date.parse('2026-11-22T03:00:00.000Z')
const A_MILLISECOND = 8

const { lookup, decide } = createDialog({
  branches: Branches.parse(
    JSON.parse(readFileSync(new URL('../../src/branches.example.json', import.meta.url), 'utf8')),
  ),
})

const accounts = Array.from({ length: MESSAGES }, (_, at): Account => {
  const registers = [
    { register: 'T1', zone: 'TOTAL', digits: 5, decimals: 1, lastValue: `${20_000 + at}`, lastDate: '2026-10-22' },
  ] as const
  const meter = `2505920${String((at * 7_368_787) % 10 ** 8).padStart(8, '0')}`
  return {
    branch: 'amur',
    account: `28${String((at * 1_299_709) % 10 ** 8).padStart(8, '0')}`,
    oldAccount: null,
    unifiedAccount: null,
    phone: null,
    meters: [
      {
        meter,
        service: 'ELECTRICITY',
        status: 'ACTIVE',
        replacedBy: null,
        ratio: 1,
        registers: registers.map((one) => ({ ...one, monthlyUsage: '350' })),
      },
    ],
  }
})
const byAccount = new Map(accounts.map((account) => [account.account, [account]]))

const facts: Facts = {
  registry: 'ready',
  answered: () => undefined,
  conversation: () => undefined,
  byAccount: (account) => byAccount.get(account) ?? [],
  byAlias: () => [],
  byPhone: () => [],
  standing: () => [],
  apply() {},
}

const texts: Readonly<Record<string, (account: string, meter: string, value: number) => string>> = {
  typical: (account, meter, value) => `${account} ${meter} ${value}`,
  chatty: (account, meter, value) =>
    `Здравствуйте! Лицевой счет ${account}, счетчик ${meter}, показания за ноябрь ${value} квт. Спасибо`,
}

let number = 0

/** Messages as a channel parses them: each text a string of its own, not yet looked at. */
function deliveries(text: (typeof texts)[string]): readonly Delivery[] {
  return accounts.map(({ account, meters: [meter] }, at): Delivery => {
    number++
    const phone = `+7${9_000_000_000 + number}`
    const said = Buffer.from(text(account, meter?.meter ?? '', 20_300 + at)).toString()
    const deliveryId = `twilio:SM${number.toString(16).padStart(32, '0')}`
    const channel = { channel: 'sms', eventChannel: 'SMS', language: 'ru' } as const
    const receivedAt = new Date(FIRST_MS + Math.floor(number / A_MILLISECOND)).toISOString()
    return { ...channel, deliveryId, receivedAt, sender: phone, phone, said: { text: said } }
  })
}

/** Sums: microseconds of processor time, collector included, and bytes taken. */
interface Spent {
  readOf: number
  decideOf: number
  bytes: number
}

function allocatedBytes(): number {
  return (getHeapStatistics() as { total_allocated_bytes?: number }).total_allocated_bytes ?? Number.NaN
}

function round(text: (typeof texts)[string], spent: Spent): void {
  const messages = deliveries(text)
  const bytes = allocatedBytes()
  for (let from = 0; from < MESSAGES; from += BATCH) batch(messages.slice(from, from + BATCH), spent)
  spent.bytes += allocatedBytes() - bytes
}

/** As the intake asks: first what to look up for all of them, then what becomes of each. */
function batch(messages: readonly Delivery[], spent: Spent): void {
  const started = process.cpuUsage()
  for (const message of messages) lookup(message)
  const read = process.cpuUsage(started)
  for (const message of messages) decide(message, facts)
  const all = process.cpuUsage(started)
  spent.readOf += read.user + read.system
  spent.decideOf += all.user + all.system - read.user - read.system
}

for (const [name, text] of Object.entries(texts)) {
  const [first] = deliveries(text)
  if (first !== undefined && lookup(first) && decide(first, facts).answer.outcomes[0]?.kind !== 'accepted')
    throw new Error(`the ${name} SMS was not accepted`)
  const nothing: Spent = { readOf: 0, decideOf: 0, bytes: 0 }
  for (let at = 0; at < ROUNDS / 3; at++) round(text, { ...nothing })
  const spent = { ...nothing }
  for (let at = 0; at < ROUNDS; at++) round(text, spent)
  const each = (sum: number) => (sum / ROUNDS / MESSAGES).toFixed(2)
  const kilobytes = each(spent.bytes / 1_000)
  console.log(`${name}: lex+lookup ${each(spent.readOf)} µs, decide ${each(spent.decideOf)} µs, ${kilobytes} kB`)
}
