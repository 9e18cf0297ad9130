import { afterEach, describe, expect, test } from 'vitest'
import { PublishError } from '../../src/outbox/publisher.ts'
import { createRelay, type Relay } from '../../src/outbox/relay.ts'
import { fakeKafka, keptLog, memoryOutbox, quickWait, row, until } from './fakes.ts'

const relays: Relay[] = []
afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.close()
})

function started(code: PublishError) {
  const outbox = memoryOutbox([row(1)])
  const [kafka, log] = [fakeKafka(), keptLog()]
  kafka.away = code
  const relay = createRelay({ store: outbox, publisher: kafka.publisher(), wait: quickWait(), random: () => 0.5, log })
  relays.push(relay)
  return { outbox, kafka, log, relay }
}

const away = new PublishError('away', 'ECONNREFUSED')
const refused = (code: string) => new PublishError('refused', code)

describe('a relay in trouble', () => {
  test('says that Kafka is away at once and then every five minutes, whatever the code is', async () => {
    const { outbox, kafka, log, relay } = started(away)
    await until(() => relay.state().failures === 2)
    kafka.away = new PublishError('away', 'ETIMEDOUT')
    await until(() => relay.state().failures === 39)
    expect(log.lines).toHaveLength(1)
    await until(() => relay.state().failures === 81)
    expect(log.lines.map(({ fields }) => fields)).toMatchObject([{ attempt: 1 }, { attempt: 40 }, { attempt: 80 }])
    kafka.away = null
    await until(() => kafka.topic.length === 1)
    const told = log.lines.length
    outbox.rows.push(row(2))
    kafka.faults.push({ at: 'publish', when: 'before', error: away })
    await until(() => kafka.topic.length === 2)
    expect(log.lines[told]).toMatchObject({ level: 'warn', fields: { attempt: 1 } })
  })

  test('says each code once with which Kafka refuses it', async () => {
    const { kafka, log, relay } = started(refused('TOPIC_AUTHORIZATION_FAILED'))
    await until(() => relay.state().failures === 3)
    kafka.away = refused('GROUP_AUTHORIZATION_FAILED')
    await until(() => relay.state().failures === 6)
    const codes = log.lines.map(({ fields }) => ('code' in fields ? fields.code : null))
    expect(codes).toEqual(['TOPIC_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED'])
  })
})
