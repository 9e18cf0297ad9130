import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { outcomeHeader } from '../../schemas/outcome.ts'
import { createIntake } from '../../src/core/intake.ts'
import type { Store } from '../../src/core/store.ts'
import { createDialog } from '../../src/dialog/decide.ts'
import { branches } from '../dialog/talk.ts'
import { chatDecision } from './contract-receipts.ts'
import { accepted, commitTo, sampleAccount, sampleDelivery } from './fixtures.ts'

/** A store whose tables a test can write to past it, what lies in memory or waits to be folded too. */
export type OpenStore = Store & { readonly overwrite: (statement: string) => Promise<void> }

/** The embedded store in that folder, open to be written over. */
export function overSqlite(store: Store, dir: string): OpenStore {
  return {
    ...store,
    async overwrite(statement) {
      const database = new DatabaseSync(join(dir, 'gateway.sqlite'))
      database.exec(statement)
      database.close()
    },
  }
}

const ACCOUNT = sampleAccount(1).account
const BY_THEN = '2026-11-22T03:00:00.001Z'
const LONG_AGO = '2000-01-01T00:00:00.000Z'

/** What may stand where the JSON of a column stood. */
const SPOILT = ['', '<state/>', 'null', '[1,{"a":2}]', '{}', '{"at":"yesterday","o":[{"code":"VERY_HIGH"}]}']

/** The part of the contract that is about what another version wrote, or somebody spoilt. */
export function shapesContract(house: { store: () => OpenStore }): void {
  /** What was told of conversations that start anew, and what is said to texts of one sender. */
  function talking() {
    const { lookup, decide } = createDialog({ branches })
    const anew: string[] = []
    const startedAnew = (channels: readonly string[]) => void anew.push(...channels)
    const { submit } = createIntake({
      store: house.store(),
      lookup,
      decide,
      batchMax: 20,
      waitingMax: 100,
      startedAnew,
    })
    let count = 0
    const say = async (text: string, sender = '+79990000000') => {
      const said = { said: { text }, sender, phone: sender }
      const { answer } = await submit(sampleDelivery(`SM${++count}`, said))
      return outcomeHeader(answer.outcomes)
    }
    return { say, anew }
  }
  const settled = async () => void (await house.store().purge(LONG_AGO, LONG_AGO))
  const write = (table: string, column: string, text: string) =>
    house.store().overwrite(`UPDATE ${table} SET ${column} = '${text}'`)

  describe.each(['state', 'accounts'])('a conversation with other %s', (column) => {
    const spoilt = column === 'accounts' ? SPOILT.filter((text) => text !== '') : SPOILT
    test.each(spoilt)('«%s», starts anew, and what waits in it becomes held', async (text) => {
      const { say, anew } = talking()
      expect(await say(`${ACCOUNT} 57500`)).toBe('asked;code=VERY_HIGH')
      await settled()
      await write('conversation', column, text)
      expect(await say('да')).toBe('none;code=HELP')
      expect(anew).toEqual(['sms'])
      expect(await house.store().holdUnanswered(BY_THEN)).toBe(1)
      expect(await say(`${ACCOUNT} 56311`)).toBe('accepted;flags="NO_SERIAL"')
      expect(anew).toEqual(['sms'])
    })
  })

  test('a conversation that is not understood does no harm to others of its batch', async () => {
    const { say } = talking()
    await say(`${ACCOUNT} 57500`)
    await settled()
    await write('conversation', 'accounts', '{}')
    const said = await Promise.all([say('да'), say(`${ACCOUNT} 56311`, '+79990000002')])
    expect(said).toEqual(['none;code=HELP', 'accepted;flags="NO_SERIAL"'])
  })

  test('a question that goes on is answered, and none starts anew', async () => {
    const { say, anew } = talking()
    await say(`${ACCOUNT} 57500`)
    await settled()
    expect(await say('да')).toMatch(/^accepted;flags="CONFIRMED /)
    expect([anew, await house.store().holdUnanswered(BY_THEN)]).toEqual([[], 0])
  })

  test.each([...SPOILT, '{"text":"a"}', '{"text":"a","buttons":[[{"kind":"link"}]]}'])(
    'a receipt whose message is «%s» is handed out as unreadable, beside others',
    async (text) => {
      await commitTo(house.store(), [
        chatDecision('V1', ['ann', 'a'], ['bob', 'b']),
        accepted(sampleAccount(1), sampleDelivery('SM0')),
      ])
      await house.store().overwrite(`UPDATE receipt SET message = '${text}' WHERE recipient = 'ann'`)
      const due = await house.store().receiptsDue('viber', BY_THEN, 100, '2026-11-22T03:00:30.000Z')
      expect(due.map(({ to, message, isUnreadable }) => [to, message.text, isUnreadable])).toEqual([
        ['ann', '', true],
        ['bob', 'b', undefined],
      ])
    },
  )
}
