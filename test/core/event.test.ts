import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { AcceptedHeaders, AcceptedReading, RejectedHeaders, RejectedReading } from '../../schemas/events.ts'
import {
  type AcceptedFacts,
  acceptedEvent,
  eventId,
  NAMESPACE,
  type RejectedFacts,
  rejectedEvent,
  submissionId,
} from '../../src/core/event.ts'
import { recordProblems } from '../schemas/validate.ts'

const submission = submissionId('sms', 'SM1')
const accepted: AcceptedFacts = {
  id: eventId('sms', 'SM1', 0),
  eventChannel: 'SMS',
  branch: 'amur',
  account: '2880950488',
  service: 'ELECTRICITY',
  meter: '250592064305057',
  period: '2026-11',
  receivedAt: '2026-11-22T03:00:00.000Z',
  quality: 'CUSTOMER',
  flags: ['NO_SERIAL', 'HIGH'],
  registers: [{ register: 'T1', zone: 'TOTAL', value: '56311', previous: '55959', consumption: '352', unit: 'kWh' }],
  ratio: 1,
  submittedAccount: '2880950488',
  supersedes: null,
  submissionId: submission,
}
const rejected: RejectedFacts = {
  id: eventId('sms', 'SM1', 1),
  eventChannel: 'SMS',
  branch: 'amur',
  account: '2880950488',
  meter: '250592064305057',
  receivedAt: '2026-11-22T03:00:00.000Z',
  codes: ['BAD_VALUE'],
  submissionId: submission,
}

/** UUIDv5 as RFC 9562, section 5.5, has it, written the long way. */
function uuid5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

describe('ids', () => {
  test('the namespace is that of the gateway in the OID namespace, for ever', () => {
    expect(uuid5('6ba7b812-9dad-11d1-80b4-00c04fd430c8', 'meter-reading-gateway')).toBe(NAMESPACE)
    expect(NAMESPACE).toBe('b97804d2-1932-5c0f-a56c-f83640596ba8')
  })

  test('are UUIDv5, the same for the same delivery', () => {
    expect(eventId('sms', 'SM1', 0)).toBe(uuid5(NAMESPACE, 'event/0/sms/SM1'))
    expect(eventId('sms', 'сообщение', 12)).toBe(uuid5(NAMESPACE, 'event/12/sms/сообщение'))
    expect(submissionId('web-form', 'x'.repeat(5_000))).toBe(
      uuid5(NAMESPACE, `submission/web-form/${'x'.repeat(5_000)}`),
    )
  })

  test('differ for every channel, delivery and position, however the delivery id is written', () => {
    const ids = [
      eventId('sms', 'SM1', 0),
      eventId('sms', 'SM1', 1),
      eventId('sms', 'SM10', 0),
      eventId('viber', 'SM1', 0),
      eventId('sms', '0/sms/SM1', 0),
      submissionId('sms', 'SM1'),
      submissionId('sms', 'event/0/sms/SM1'),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('an accepted event', () => {
  const event = acceptedEvent(accepted)

  test('is letter by letter what the contract says', () => {
    expect(event.topic).toBe('readings')
    expect(event.key).toBe('amur/2880950488')
    expect(event.data).toBe(
      `{"branch":"amur","account":"2880950488","service":"ELECTRICITY","meter":"250592064305057","period":"2026-11",` +
        `"receivedAt":"2026-11-22T03:00:00.000Z","takenOn":null,"channel":"SMS","kind":"REGULAR","quality":"CUSTOMER",` +
        `"flags":["HIGH","NO_SERIAL"],"registers":[{"register":"T1","zone":"TOTAL","value":"56311","previous":"55959",` +
        `"consumption":"352","unit":"kWh"}],"ratio":1,"submittedAccount":"2880950488","supersedes":null,` +
        `"submissionId":"${submission}"}`,
    )
    expect(event.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: accepted.id,
      ce_source: '/gateway/amur/SMS',
      ce_type: 'meter.reading.accepted.v1',
      ce_subject: '250592064305057',
      ce_time: '2026-11-22T03:00:00.000Z',
      ce_dataschema: 'urn:meter-reading-gateway:schema:meter.reading.accepted.v1',
      ce_partitionkey: 'amur/2880950488',
      'content-type': 'application/json',
    })
  })

  test.each<[string, Partial<AcceptedFacts>]>([
    ['as it is', {}],
    ['that supersedes another', { supersedes: eventId('sms', 'SM0', 0) }],
    ['read from a slip', { quality: 'SCAN', eventChannel: 'SLIP' }],
    ['of a branch account with a slash', { account: '36014/42', submittedAccount: 'КР468713', flags: ['OLD_ACCOUNT'] }],
    ['without flags', { flags: [] }],
  ])('%s is valid by zod and by JSON Schema', (_what, change) => {
    const { headers, data } = acceptedEvent({ ...accepted, ...change })
    AcceptedReading.strict().parse(JSON.parse(data))
    AcceptedHeaders.strict().parse(headers)
    expect(recordProblems({ headers, value: data })).toEqual([])
  })

  test('that is wrong is found to be wrong', () => {
    const { headers, data } = acceptedEvent({ ...accepted, period: '2026-13', meter: '' })
    expect(recordProblems({ headers, value: data })).toHaveLength(3)
    expect(AcceptedReading.safeParse(JSON.parse(data)).success).toBe(false)
  })
})

describe('a rejected event', () => {
  test.each<[string, Partial<RejectedFacts>, string, string]>([
    ['with an account', {}, 'amur/2880950488', '/gateway/amur/SMS'],
    ['with an account of no known branch', { branch: null }, '2880950488', '/gateway/-/SMS'],
    ['with nothing known', { branch: null, account: null, meter: null }, submission, '/gateway/-/SMS'],
  ])('%s', (_what, change, key, source) => {
    const event = rejectedEvent({ ...rejected, ...change })
    expect(event).toMatchObject({ topic: 'rejected', key, headers: { ce_source: source, ce_partitionkey: key } })
    RejectedReading.strict().parse(JSON.parse(event.data))
    RejectedHeaders.strict().parse(event.headers)
    expect(recordProblems({ headers: event.headers, value: event.data })).toEqual([])
    for (const value of Object.values(event.headers)) expect(value).toBeTypeOf('string')
    expect('ce_subject' in event.headers).toBe(change.meter !== null)
  })
})
