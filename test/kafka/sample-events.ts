import { acceptedEvent, eventId, rejectedEvent, submissionId } from '../../src/core/event.ts'
import type { OutboxEvent } from '../../src/core/store.ts'

const receivedAt = '2026-11-22T03:00:00.000Z'

/** The event of delivery number `n`, of one of `accounts` accounts; every seventh is rejected, every 21st of those nameless. */
export function sampleEvent(n: number, accounts: number): OutboxEvent {
  const account = String(2_880_950_000 + (n % accounts))
  const [deliveryId, meter] = [`SM${n}`, String(250_592_064_000_000 + (n % accounts))]
  const known = {
    id: eventId('sms', deliveryId, 0),
    submissionId: submissionId('sms', deliveryId),
    eventChannel: 'SMS',
    receivedAt,
  } as const
  if (n % 7 === 0) {
    const named = n % 21 === 0 ? { branch: null, account: null, meter: null } : { branch: 'amur', account, meter }
    return rejectedEvent({ ...known, ...named, codes: ['BAD_VALUE'] })
  }
  return acceptedEvent({
    ...known,
    branch: 'amur',
    account,
    service: 'ELECTRICITY',
    meter,
    period: '2026-11',
    quality: 'CUSTOMER',
    flags: n % 3 === 0 ? ['OLD_ACCOUNT'] : [],
    registers: [
      { register: 'T1', zone: 'TOTAL', value: String(n), previous: '0', consumption: String(n), unit: 'kWh' },
    ],
    ratio: 1,
    submittedAccount: n % 3 === 0 ? 'КР468713' : account,
    supersedes: null,
  })
}
