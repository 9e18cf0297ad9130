import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSqliteOutbox } from '../../src/store/sqlite/outbox.ts'
import { fixtureAccounts } from '../core/fixture-registry.ts'
import { type DrilledGateway, drilledGateway } from '../drill/gateway-process.ts'
import { seededRandom } from '../drill/seeded-random.ts'
import { eventually } from '../eventually.ts'
import { type ChatPair, openChats, postToViber, textToViber, type ViberText } from './chat-house.ts'

/** In that time a sender has asked twice for what is due. */
const TWO_POLLS_MS = 2_500
const SEND = '/send_message'

let chats: ChatPair
let gateway: DrilledGateway
let env: Record<string, string>
beforeEach(async () => {
  chats = await openChats(() => gateway.url)
  env = { ...chats.env }
  gateway = await drilledGateway(env)
})
afterEach(async () => {
  await gateway.end()
  await chats.close()
})

const texts = (user: string) => chats.texts('viber', user)

async function restart(): Promise<void> {
  await gateway.kill9()
  gateway.start()
  await gateway.ready()
}

/** Starts again after the time for which a receipt that was handed out is left alone. */
function restartLater(): Promise<void> {
  env['CLOCK'] = '2026-11-22T03:10:00Z'
  return restart()
}

/** Accepted readings, by account. */
async function accepted(): Promise<readonly string[]> {
  const outbox = readSqliteOutbox(gateway.dir)
  try {
    return (await outbox.outboxAfter(0, 1_000)).flatMap(({ topic, key }) => (topic === 'readings' ? [key] : []))
  } finally {
    await outbox.close()
  }
}

/** Viber's own word that a message arrived. */
const tellArrival = (to: string, token: string) =>
  postToViber(gateway.url, token, { event: 'delivered', user_id: to }).then(({ status }) => status === 200)

const reading: ViberText = { token: '4912661846655238145', user: 'killed', text: '2880950488 56311' }

test('killed while Viber hangs: the reading stands once, and the answer comes once after the restart', async () => {
  chats.viber.fake.faultsAt.set(SEND, ['silence'])
  gateway.start()
  await gateway.ready()
  expect((await textToViber(gateway.url, reading)).headers.get('x-reading-outcome')).toMatch(/^accepted/)
  await eventually(() => chats.viber.fake.calls.includes(SEND))
  expect(texts(reading.user)).toEqual([])
  await restartLater()
  expect((await textToViber(gateway.url, reading)).headers.get('x-reading-outcome')).toMatch(/^accepted/)
  await eventually(() => texts(reading.user).length > 0)
  await sleep(TWO_POLLS_MS)
  expect(texts(reading.user)).toEqual([expect.stringContaining('56311')])
  expect(await accepted()).toEqual(['amur/2880950488'])
})

test('killed when Viber has the answer and nobody heard so: its callback ends the doubt, and none comes again', async () => {
  chats.viber.fake.faultsAt.set(SEND, ['silence after'])
  gateway.start()
  await gateway.ready()
  await textToViber(gateway.url, reading)
  await eventually(() => texts(reading.user).length > 0)
  await restart()
  const [shown] = chats.viber.fake.shown
  expect(await tellArrival(reading.user, shown?.token ?? '')).toBe(true)
  await restartLater()
  await sleep(TWO_POLLS_MS)
  expect(texts(reading.user)).toHaveLength(1)
  expect(await accepted()).toHaveLength(1)
})

test('killed at any moment, under load: every reading stands once, and everybody is answered once', async () => {
  const random = seededRandom(4)
  const told = new Set<string>()
  gateway.start()
  await gateway.ready()
  for (const kill of [1, 2, 3]) {
    const posted = said.slice((kill - 1) * 20, kill * 20).map((one) => textToViber(gateway.url, one).catch(() => null))
    await sleep(5 + random() * 60)
    await restart()
    await Promise.all(posted)
    await tellArrivals(told)
  }
  const answers = await Promise.all(said.map((one) => textToViber(gateway.url, one)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  await sleep(300)
  await tellArrivals(told)
  await restartLater()
  await eventually(() => said.every(({ user }) => texts(user).length > 0))
  await sleep(TWO_POLLS_MS)
  expect(said.filter(({ user }) => texts(user).length !== 1)).toEqual([])
  const accounts = await accepted()
  expect([new Set(accounts).size, accounts.length > 40]).toEqual([accounts.length, true])
})

/** A reading of somebody's only meter from each of 60 users. */
const said = [...fixtureAccounts().values()]
  .filter(({ meters: [meter, other] }) => meter?.status === 'ACTIVE' && other === undefined)
  .slice(0, 60)
  .map(({ account, meters: [meter] }, at): ViberText => {
    const values = (meter?.registers ?? []).map(({ lastValue }) => Math.floor(Number(lastValue)) + 31)
    const token = String(4_912_661_846_655_240_000n + BigInt(at))
    return { token, user: `user ${at}`, text: [account, meter?.meter, ...values].join(' ') }
  })

/** Viber tells of every message that arrived, until somebody listens. */
async function tellArrivals(told: Set<string>): Promise<void> {
  for (const { to, token } of chats.viber.fake.shown) {
    if (!told.has(token) && (await tellArrival(to, token))) told.add(token)
  }
}
