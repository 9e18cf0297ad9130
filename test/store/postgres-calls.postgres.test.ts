import { expect, onTestFinished, test } from 'vitest'
import { createDialog } from '../../src/dialog/decide.ts'
import { callFrom } from '../channels/caller.ts'
import { fixtureAccounts } from '../core/fixture-registry.ts'
import { openHouse } from '../http/house.ts'
import { describeWithPostgres } from '../real/with-postgres.ts'
import { fillRegistry } from './postgres-house.ts'

const CALLER = '+79990000000'

describeWithPostgres('calls on PostgreSQL', (freshDatabase) => {
  async function twoGateways() {
    const url = await freshDatabase()
    await fillRegistry(url, [...fixtureAccounts().values()])
    const env = { STORE_URL: url, CLOCK: '2026-11-22T03:00:00Z' }
    const houses = [await openHouse(env, { dialog: createDialog }), await openHouse(env, { dialog: createDialog })]
    onTestFinished(async () => void (await Promise.all(houses.map((house) => house.end()))))
    return houses
  }

  test('any gateway answers any step, and a step that both get at once has one answer', async () => {
    const [first, second] = await twoGateways()
    let turn = 0
    const alternately = () => (turn++ % 2 === 0 ? first : second)?.url ?? ''
    const call = callFrom(
      ({ url, headers, body }) => fetch(alternately() + url, { method: 'POST', headers, body }),
      CALLER,
    )
    await call.dial()
    for (const Digits of ['2884301686', '9204', '693760', '201300', '716450', '1']) {
      const { action } = call.now()
      const heard = await Promise.all([
        call.keys(Digits),
        ...[1, 2, 3].map(() => call.request(action ?? '', { Digits })),
      ])
      expect(new Set(heard.map(({ twiml }) => twiml)).size).toBe(1)
    }
    expect(call.now().outcome).toBe('accepted;flags="NO_SERIAL"')
    expect((await first?.store.outboxAfter(0, 10))?.map(({ key }) => key)).toEqual(['amur/2884301686'])
  })
})
