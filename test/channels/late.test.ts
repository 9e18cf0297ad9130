import { expect, onTestFinished, test } from 'vitest'
import { deliveryOf as fromTelegram } from '../../channels/telegram/read.ts'
import { telegramUpdate } from '../../channels/telegram/wire.ts'
import { deliveryOf as fromViber } from '../../channels/viber/read.ts'
import { viberEvent } from '../../channels/viber/wire.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import { digitsDialog } from '../http/digits-dialog.ts'
import { openHouse } from '../http/house.ts'
import { fromProvider } from './providers.ts'
import { eventBody, user } from './viber-events.ts'

/** Half an hour after the window closed in Amur. */
const NOW = '2026-11-25T15:30:00.000Z'
/** Its last second. */
const IN_TIME = '2026-11-25T14:59:59.000Z'
const request = (body: string) => ({ body: Buffer.from(body) })

function parsed<Wire>(wire: Wire | { readonly unreadable: string } | null): Wire {
  if (wire === null || (typeof wire === 'object' && 'unreadable' in (wire as object))) throw new Error('not parsed')
  return wire as Wire
}

test.each([
  ['at its own time where it comes late', Date.parse(IN_TIME), IN_TIME],
  ['now where it comes at once', Date.parse(NOW) - 2_000, NOW],
  ['now where its time is none', 'soon', NOW],
])('a message of Viber was received %s', (_when, timestamp, receivedAt) => {
  const body = eventBody('message', { timestamp, sender: user('u'), message: { type: 'text', text: '1' } })
  const delivery = fromViber(parsed(viberEvent(request(body))), NOW)
  expect([delivery?.receivedAt, delivery?.broughtAt]).toEqual([receivedAt, receivedAt === NOW ? undefined : NOW])
})

test.each([
  ['at its own time where it comes late', Date.parse(IN_TIME) / 1_000, IN_TIME],
  ['now where it comes at once', Date.parse(NOW) / 1_000 - 2, NOW],
  ['now where its time is none', 'soon', NOW],
])('a message of Telegram was received %s', (_when, date, receivedAt) => {
  const message = { message_id: 1, date, chat: { id: 1, type: 'private' }, from: { id: 1 }, text: '1' }
  const body = JSON.stringify({ update_id: 1, message })
  const delivery = fromTelegram(parsed(telegramUpdate(request(body))), NOW)
  expect([delivery?.receivedAt, delivery?.broughtAt]).toEqual([receivedAt, receivedAt === NOW ? undefined : NOW])
})

test.each([
  ['where it comes late', {}, 3_600_000, true],
  ['but not where it comes at once', {}, 30_000, false],
  ["but not by a demonstration's clock", { CLOCK: NOW }, 3_600_000, false],
])('a text message of another provider says when it came to us %s', async (_when, env, ageMs, isLate) => {
  const seen: Delivery[] = []
  const house = await openHouse(env, {
    dialog: (parts) => {
      const { lookup, decide } = digitsDialog(parts)
      return { lookup, decide: (delivery, facts) => decide(seen[seen.push(delivery) - 1] ?? delivery, facts) }
    },
  })
  onTestFinished(() => house.end())
  const receivedAt = new Date(Date.now() - ageMs).toISOString()
  const { url, headers, body } = fromProvider('1', '2880950488 56311', { receivedAt })
  expect((await fetch(house.url + url, { method: 'POST', headers, body })).status).toBe(200)
  expect(seen.map((one) => [one.receivedAt, one.broughtAt !== undefined])).toEqual([[receivedAt, isLate]])
})
