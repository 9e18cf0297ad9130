import { afterEach, expect, test } from 'vitest'
import { sms } from '../../channels/sms/index.ts'
import { channelIo } from '../../src/channel-io.ts'
import type { Answer } from '../../src/core/delivery.ts'
import { GatewayBusy, type Received } from '../../src/core/intake.ts'
import type { Facts } from '../../src/core/store.ts'
import { type App, createApp } from '../../src/http/app.ts'
import type { Health } from '../../src/http/health.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import type { Submit } from '../../src/http/submissions.ts'
import { fromProvider } from '../channels/providers.ts'
import { keptLog } from '../outbox/fakes.ts'
import { httpToken, publicUrl } from './house.ts'

const apps: App[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

const received: Received = {
  answer: { submissionId: 's', outcomes: [{ kind: 'none', code: 'HELP' }], text: 'heard', items: [] } as Answer,
  repeated: false,
}

/** The HTTP side before an intake of ours, with two places for those who wait. */
function opened(submit: Submit) {
  const log = keptLog()
  const house = { publicUrl, branches: [], assets: () => ({ folder: '', routes: [] }), io: channelIo }
  const app = createApp({
    channels: [{ name: sms.name, prefix: sms.prefix, routes: sms.routes({ SMS_HTTP_TOKEN: httpToken }, house) }],
    submit,
    store: {
      look: async () => ({}) as Facts,
      answerOf: async () => null,
      noteFailed: async () => undefined,
      noteReached: async () => undefined,
    },
    health: async (): Promise<Health> => ({
      status: 'ok',
      components: [],
      registry: 'ready',
      outbox: null,
      relay: null,
    }),
    metrics: createMetrics([sms.name]),
    log,
    now: () => '2026-11-22T03:00:00.000Z',
    clockIsSet: true,
    newId: () => 'id',
    families: async () => [],
    uploads: { keepUpload: async () => Promise.reject(new Error('nobody uploads')), uploadState: async () => null },
    trustedProxies: [],
    inFlightMax: 2,
    limitsSecret: 'of the test',
    monotonicMs: () => performance.now(),
  })
  apps.push(app)
  const send = async (id: string) => {
    const { url, headers, body } = fromProvider(id, 'hello')
    const said = await app.inject({ method: 'POST', url, headers: { ...headers }, payload: body })
    return [said.statusCode, said.headers['retry-after'], said.headers['x-reading-outcome']]
  }
  const crowded = async () => /why="crowded"} (\d+)/.exec((await app.inject('/metrics')).body)?.[1]
  return { send, crowded, log }
}

const asked = [503, '1', undefined]

test('who comes while all places are taken is asked to come again in a moment, and is answered then', async () => {
  const answer = Promise.withResolvers<Received>()
  const ids: string[] = []
  const { send, crowded, log } = opened(({ deliveryId }) => {
    ids.push(deliveryId)
    return answer.promise
  })
  const first = [send('1'), send('2')]
  await expect.poll(() => ids.length).toBe(2)
  expect(await send('3')).toEqual(asked)
  answer.resolve(received)
  expect(await Promise.all([...first, send('3')])).toEqual(Array(3).fill([200, undefined, 'none;code=HELP']))
  expect([await crowded(), log.lines.filter(({ level }) => level !== 'info')]).toEqual(['1', []])
})

test('so is whoever the intake has no place for', async () => {
  const { send, crowded, log } = opened(() => Promise.reject(new GatewayBusy('full')))
  expect([await send('1'), await crowded(), log.lines]).toEqual([asked, '1', []])
})
