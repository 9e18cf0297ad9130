import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Outcome } from '../schemas/outcome.ts'
import { runCommand } from '../src/cli/commands.ts'
import type { Delivery } from '../src/core/delivery.ts'
import { eventId } from '../src/core/event.ts'
import { createIntake } from '../src/core/intake.ts'
import { heldForRegistry, waitsForRegistry } from '../src/core/judged-later.ts'
import { createDialog } from '../src/dialog/decide.ts'
import { judgeWaiting } from '../src/judge-later.ts'
import { openSqliteStore } from '../src/store/sqlite/store.ts'
import { fromTwilio } from './channels/providers.ts'
import { branches, memoryRegistry, NOON } from './dialog/talk.ts'
import { openHouse } from './http/house.ts'
import { keptLog } from './outbox/fakes.ts'
import { registryFile, row } from './registry/sample.ts'

const whole = memoryRegistry()

function newDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-later-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Everything real but HTTP, over a store in that folder; `registry.ready` switches the registry. */
function gatewayIn(dir: string, isReady: boolean) {
  const registry = { ready: isReady }
  const reader = { ...whole, state: () => (registry.ready ? ('ready' as const) : ('empty' as const)) }
  const store = openSqliteStore({ dir, registry: reader, now: () => NOON, newId: () => randomUUID() })
  onTestFinished(() => store.close())
  const warned: string[] = []
  const log = { ...keptLog(), warn: (_: object, said: string) => void warned.push(said) }
  const { submit } = createIntake({ store, ...createDialog({ branches }), batchMax: 1, waitingMax: 1_000 })
  const counted: Outcome['kind'][] = []
  const judged = (outcomes: readonly Outcome[]) => void counted.push(...outcomes.map(({ kind }) => kind))
  const judge = (submitted = submit) => judgeWaiting({ store, submit: submitted, judged, log })
  const events = async () => (await store.outboxAfter(0, 1_000)).map(({ headers }) => headers['ce_id'])
  return { registry, store, submit, judge, counted, events, warned }
}

const delivery = (deliveryId: string, said: Delivery['said']): Delivery => ({
  channel: 'form' in said ? 'web-form' : 'sms',
  eventChannel: 'form' in said ? 'WEB' : 'SMS',
  deliveryId,
  receivedAt: NOON,
  sender: null,
  phone: null,
  said,
  language: 'ru',
})
const values = { account: '2842345369', meter: '737408044', values: { T1: '19584' }, confirmed: [] }
const waiting = [
  delivery('SM1', { text: '2880950488 56311' }),
  delivery('F1', { form: values }),
  delivery('SM2', { text: '2899999999 56311' }),
  delivery('SM3', { text: '2866648321 20296' }),
]
const ids = [eventId('sms', 'SM1', 0), eventId('web-form', 'F1', 0), eventId('sms', 'SM2', 0)]

/** A gateway to which all of them came while there was no registry. */
async function withWaiting(dir = newDir()) {
  const gateway = gatewayIn(dir, false)
  const answers = await Promise.all(waiting.map((one) => gateway.submit(one)))
  for (const { answer } of answers) expect(answer.outcomes).toEqual([{ kind: 'held', code: 'REGISTRY_UNAVAILABLE' }])
  return { ...gateway, dir, answers }
}

const refused: Outcome = { kind: 'rejected', code: 'ACCOUNT_UNKNOWN' }

test.each<[string, Outcome[], { judgedLater?: true }, boolean]>([
  ['nothing of it could be judged', [heldForRegistry, heldForRegistry], {}, true],
  ['a part of it was judged', [heldForRegistry, refused], {}, false],
  ['there is nothing in it', [], {}, false],
  ['it comes again already', [heldForRegistry], { judgedLater: true }, false],
  ['it waits for an operator', [{ kind: 'held', code: 'OVER_CAP' }], {}, false],
])('whether a submission is judged later: %s', (_why, outcomes, of, waits) => {
  expect(waitsForRegistry({ delivery: of, answer: { outcomes } })).toBe(waits)
})

describe('what came while there was no registry', () => {
  test('waits until there is one, and makes its events then, once', async () => {
    const { registry, judge, events, counted, store } = await withWaiting()
    await judge()
    expect([await events(), (await store.unjudged(10)).length]).toEqual([[], 4])
    registry.ready = true
    await judge()
    await judge()
    expect(await events()).toEqual(ids)
    expect(counted).toEqual(['accepted', 'accepted', 'rejected', 'held'])
    expect(await store.unjudged(10)).toEqual([])
  })

  test('gets the answer of its time when it comes again', async () => {
    const { registry, judge, submit, answers, events } = await withWaiting()
    registry.ready = true
    await judge()
    const again = await Promise.all(waiting.map((one) => submit(one)))
    expect(again).toEqual(answers.map(({ answer }) => ({ answer, repeated: true })))
    expect(await events()).toEqual(ids)
  })

  test('is judged once by two at the same time', async () => {
    const { registry, judge, events, counted } = await withWaiting()
    registry.ready = true
    await Promise.all([judge(), judge(), judge()])
    expect(await events()).toEqual(ids)
    expect(counted).toHaveLength(4)
  })

  test.each([0, 1, 2, 3, 4])('is judged once where the gateway is killed after %d of them', async (done) => {
    const { registry, judge, submit, dir, warned } = await withWaiting()
    registry.ready = true
    let left = done
    const dying: typeof submit = (one) => (left-- > 0 ? submit(one) : Promise.reject(new Error('killed')))
    await judge(dying)
    expect(warned).toHaveLength(done < 4 ? 1 : 0)
    const copy = newDir()
    cpSync(dir, copy, { recursive: true, filter: (file) => !file.endsWith('-shm') })
    const next = gatewayIn(copy, true)
    expect((await next.store.unjudged(10)).length).toBe(4 - done)
    await next.judge()
    expect(await next.events()).toEqual(ids)
  })

  test('is all judged where it is more than is submitted at a time', async () => {
    const { registry, submit, judge, counted, store } = gatewayIn(newDir(), false)
    const many = Array.from({ length: 130 }, (_, n) => delivery(`M${n}`, { text: `2880950488 56${300 + n}` }))
    await Promise.all(many.map((one) => submit(one)))
    registry.ready = true
    await judge()
    expect([counted.length, (await store.unjudged(10)).length]).toEqual([130, 0])
  })

  test('is judged by a running gateway soon after the import, and counted apart', async () => {
    const dir = newDir()
    const house = await openHouse({ DATA_DIR: dir, CLOCK: NOON }, { dialog: createDialog })
    onTestFinished(() => house.end())
    const { url, headers, body } = fromTwilio('SM1', '2880950488 56311', { From: '+79990000000' })
    const response = await fetch(house.url + url, { method: 'POST', headers, body })
    expect(response.headers.get('x-reading-outcome')).toBe('held;code=REGISTRY_UNAVAILABLE')
    writeFileSync(join(dir, 'registry.csv'), registryFile(row()))
    const quiet = () => undefined
    const context = { env: house.env, cwd: dir, stdout: quiet, stderr: quiet }
    expect(await runCommand(['registry', 'import', 'registry.csv'], context)).toBe(0)
    const made = () => house.store.outboxAfter(0, 10)
    await expect.poll(async () => (await made()).length).toBe(1)
    expect((await made())[0]?.headers['ce_id']).toBe(eventId('sms', 'twilio:SM1', 0))
    const metrics = await (await fetch(`${house.url}/metrics`)).text()
    expect(metrics).toContain('gateway_judged_later_total{outcome="accepted"} 1\n')
    expect(metrics).toContain('gateway_items_received_total{channel="sms"} 1\n')
    expect(metrics).toContain('gateway_items_total{channel="sms",outcome="held"} 1\n')
  })
})
