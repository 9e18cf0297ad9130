import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { fromProvider } from './channels/providers.ts'
import { openFixtureHouse } from './e2e/fixture-house.ts'
import { ofTheHouse, personalIn } from './e2e/personal.ts'
import { sharedHouse } from './e2e/shared-house.ts'

const LONG_AGO = '2000-01-01T00:00:00.000Z'
const SAID = '2880950488 57500'

const house = sharedHouse((registry) => openFixtureHouse(registry, '2026-11-22T03:00:00Z'))

test('the operator sees how many conversations started anew, and nothing of whose they are', async () => {
  const outcome = async (id: string, text: string) =>
    (await house().post(fromProvider(id, text))).headers.get('x-reading-outcome')
  expect(await outcome('1', SAID)).toBe('asked;code=VERY_HIGH')
  await house().store.purge(LONG_AGO, LONG_AGO)
  const database = new DatabaseSync(join(house().dir, 'gateway.sqlite'))
  database.exec(`UPDATE conversation SET state = json_set(state, '$.o[0].code', 'TOO_BIG')`)
  database.close()
  const before = house().lines.length
  expect(await outcome('2', 'да')).toBe('none;code=HELP')

  const told = house()
    .lines.slice(before)
    .map((line) => JSON.parse(line) as { level: number; conversations?: number })
  expect(told.filter(({ level }) => level >= 40)).toMatchObject([{ level: 40, conversations: 1 }])
  const metrics = (await house().app.inject('/metrics')).body
  expect(metrics).toContain('gateway_conversations_started_anew_total{channel="sms"} 1\n')
  expect(metrics).toContain('gateway_conversations_started_anew_total{channel="viber"} 0\n')
  expect(personalIn([...house().lines, ofTheHouse(metrics)], [SAID])).toEqual([])
})
