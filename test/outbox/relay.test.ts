import { afterEach, describe, expect, test } from 'vitest'
import { PublishError } from '../../src/outbox/publisher.ts'
import { createRelay, type Relay, type RelayParts } from '../../src/outbox/relay.ts'
import { type Fault, fakeKafka, keptLog, memoryOutbox, quickWait, row, until, untilAborted } from './fakes.ts'

const relays: Relay[] = []
afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.close()
})

const seqs = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index)

function started(count: number, change: Partial<RelayParts> = {}) {
  const outbox = memoryOutbox(seqs(count).map(row))
  const [kafka, wait, log] = [fakeKafka(), quickWait(), keptLog()]
  const parts: RelayParts = {
    store: outbox,
    publisher: kafka.publisher(),
    wait,
    random: () => 0.5,
    log,
    pace: { batchRows: 10 },
    ...change,
  }
  const start = (more: Partial<RelayParts> = {}) => {
    const relay = createRelay({ ...parts, ...more })
    relays.push(relay)
    return relay
  }
  return { outbox, kafka, wait, log, start }
}

const away = new PublishError('away', 'ECONNREFUSED')
const fenced = new PublishError('fenced', 'INVALID_PRODUCER_EPOCH')

describe('the relay', () => {
  test('brings every event once, in order, in batches, and notes the position', async () => {
    const batches: number[] = []
    const { kafka, outbox, start } = started(25)
    const relay = start({ onPublished: (count) => batches.push(count) })
    await until(() => outbox.noted === 25)
    expect(kafka.topic).toEqual(seqs(25))
    expect(batches).toEqual([10, 10, 5])
    expect(relay.state()).toEqual({ phase: 'relaying', position: 25, published: 25, failures: 0, lastError: null })
  })

  test('goes on with what is committed later, at once when it is nudged', async () => {
    const slept = Promise.withResolvers<void>()
    const { kafka, outbox, start } = started(1)
    // Only a nudge ends the long sleep here.
    const relay = start({
      pace: { pollMs: 3_600_000, gatherMs: 0 },
      wait: (ms, signal) => {
        if (ms < 3_600_000) return Promise.resolve()
        slept.resolve()
        return untilAborted(ms, signal)
      },
    })
    await slept.promise
    outbox.rows.push(row(2))
    relay.nudge()
    await until(() => kafka.topic.length === 2)
    expect(kafka.topic).toEqual([1, 2])
  })

  test.each<[string, Fault[]]>([
    ['refused while it opened', [{ at: 'open', when: 'before', error: away }]],
    ['cut off after it took over', [{ at: 'open', when: 'after', error: away }]],
    ['killed between send and commit', [{ at: 'publish', when: 'before', error: away }]],
    ['cut off between commit and answer', [{ at: 'publish', when: 'after', error: away }]],
    [
      'all of it, one after the other',
      [
        { at: 'open', when: 'after', error: away },
        { at: 'publish', when: 'after', error: away },
        { at: 'open', when: 'before', error: away },
        { at: 'publish', when: 'before', error: away },
        { at: 'publish', when: 'after', error: new PublishError('refused', 'TOPIC_AUTHORIZATION_FAILED') },
        { at: 'publish', when: 'after', error: new TypeError('a bug of the client') },
      ],
    ],
  ])('loses and doubles nothing when it is %s', async (_what, faults) => {
    const { kafka, outbox, start } = started(45)
    kafka.faults.push(...faults)
    const relay = start()
    await until(() => outbox.noted === 45)
    expect(kafka.topic).toEqual(seqs(45))
    expect(relay.state()).toMatchObject({ phase: 'relaying', failures: faults.length, lastError: null })
  })

  test('reads its position back from Kafka when it begins anew', async () => {
    const { kafka, outbox, start } = started(20)
    kafka.position = 15
    outbox.noted = 10
    start()
    await until(() => outbox.noted === 20)
    expect(kafka.topic).toEqual([16, 17, 18, 19, 20])
  })

  test('lets events gather behind a batch that is not full, and when it is woken', async () => {
    const { wait, start } = started(25)
    start({ pace: { batchRows: 10, gatherMs: 20, pollMs: 1_000 } })
    await until(() => wait.asked.length >= 3)
    expect(wait.asked.slice(0, 3)).toEqual([20, 1_000, 20])
  })

  test('waits longer each time while Kafka is away, never more than its most, and says so', async () => {
    const { kafka, outbox, wait, log, start } = started(1)
    kafka.away = away
    const relay = start({ pace: { retryMs: 100, retryMaxMs: 1_000 } })
    await until(() => relay.state().failures === 7)
    expect(wait.asked.slice(0, 6)).toEqual([75, 150, 300, 600, 750, 750])
    expect(relay.state()).toMatchObject({ phase: 'connecting', lastError: 'away ECONNREFUSED' })
    expect(log.lines.every(({ level }) => level === 'warn')).toBe(true)
    expect(log.lines[0]?.message).toBe('Kafka is away; events wait in the outbox, and the relay tries again')
    kafka.away = null
    await until(() => kafka.topic.length === 1)
    expect(log.lines.at(-1)).toMatchObject({
      level: 'info',
      message: 'the relay brings events to Kafka from its position on',
    })
    // What went through ends the row of failures: the next pause is the first again.
    const [{ failures }, asked] = [relay.state(), wait.asked.length]
    kafka.away = away
    outbox.rows.push(row(2))
    await until(() => relay.state().failures > failures)
    expect(wait.asked.slice(asked).filter((ms) => ms % 75 === 0)).toEqual([75])
  })

  test('calls for somebody where Kafka says no', async () => {
    const { kafka, log, start } = started(1)
    kafka.away = new PublishError('refused', 'SASL_AUTHENTICATION_FAILED')
    const relay = start()
    await until(() => relay.state().failures === 1)
    expect(log.lines[0]).toMatchObject({ level: 'error', fields: { code: 'SASL_AUTHENTICATION_FAILED' } })
    expect(log.lines[0]?.message).toBe('Kafka refuses the relay; events wait in the outbox, and it tries again')
    expect(kafka.steps.slice(0, 2)).toEqual(['open', 'close'])
  })

  test('survives a store that fails, and says no more of it than its code', async () => {
    const { outbox, kafka, log, start } = started(1)
    outbox.broken = true
    const relay = start()
    await until(() => relay.state().failures === 2)
    expect(relay.state().lastError).toBe('store ERR_SQLITE_ERROR')
    outbox.broken = false
    await until(() => kafka.topic.length === 1)
    const warned = log.lines.find(({ level }) => level === 'warn')
    expect(warned?.message).toBe('the relay cannot use the store; events wait in the outbox, and it tries again')
    expect(JSON.stringify(log.lines)).not.toContain('disk I/O')
  })

  test('writes its position again when long idle, for brokers forget', async () => {
    const { kafka, start } = started(3)
    start({ pace: { pollMs: 1_000, keepMs: 5_000 } })
    await until(() => kafka.steps.filter((step) => step === 'publish').length === 3)
    expect(kafka.topic).toEqual([1, 2, 3])
    expect(kafka.position).toBe(3)
  })

  test('closes while Kafka is away, while idle and while at work, and publishes nothing after', async () => {
    for (const when of ['away', 'idle', 'work']) {
      const { kafka, start } = started(when === 'idle' ? 0 : 5_000)
      kafka.away = when === 'away' ? away : null
      const relay = start()
      await until(() => kafka.steps.length > (when === 'idle' ? 0 : 3))
      await relay.close()
      const { length } = kafka.topic
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(relay.state().phase).toBe('closed')
      expect(kafka.topic).toEqual(seqs(length))
    }
  })
})

describe('a relay whose Kafka gives no answer', () => {
  /** A relay at a step that ends only when the connections are dropped; what it has told of when it closes then. */
  async function closesAt(at: 'open' | 'publish', change: Partial<RelayParts>) {
    const { kafka, log, start } = started(1)
    const answer = Promise.withResolvers<never>()
    let isReached = false
    const step = () => {
      isReached = true
      return answer.promise
    }
    const close = async () => answer.reject(away)
    const relay = start({ publisher: { ...kafka.publisher(), [at]: step, close }, ...change })
    await until(() => isReached)
    const closed = relay.close().then(() => log.lines.map(({ level }) => level))
    return Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1_000, 'late'))])
  }

  test('closes at once where it is still to take its place', async () => {
    expect(await closesAt('open', { wait: () => new Promise(() => {}) })).toEqual([])
  })

  test('drops the batch under way after a time', async () => {
    expect(await closesAt('publish', {})).toEqual(['info'])
  })
})

describe('a relay that was fenced', () => {
  test('leaves the work to the other while that one moves, and takes it up when it stands still', async () => {
    const { kafka, outbox, log, start } = started(100, { pace: { batchRows: 10, standbyMs: 7_000 } })
    kafka.faults.push({ at: 'publish', when: 'before', error: fenced })
    let peeks = 0
    const publisher = kafka.publisher()
    // The other relay moves twice between looks, then stands still with events waiting.
    const peek = async () => {
      peeks += 1
      if (peeks <= 2) await publisher.publish(seqs(10, peeks * 10 - 9).map(row), peeks * 10)
      return publisher.peek()
    }
    const relay = start({ publisher: { ...publisher, peek } })
    await until(() => peeks === 1)
    expect(relay.state().phase).toBe('standby')
    const told = log.lines.map(({ message }) => message)
    expect(told).toContain('another relay has taken over; this one stands by')
    await until(() => outbox.noted === 100)
    expect(peeks).toBe(3)
    expect(kafka.topic).toEqual(seqs(100))
    expect(kafka.steps.filter((step) => step === 'open')).toHaveLength(2)
  })

  test('does not come back while nothing waits', async () => {
    const { kafka, outbox, start } = started(3)
    kafka.faults.push({ at: 'publish', when: 'after', error: fenced })
    const relay = start()
    await until(() => kafka.steps.filter((step) => step === 'peek').length === 20)
    expect(relay.state()).toMatchObject({ phase: 'standby', position: 3, lastError: null })
    const looks = kafka.steps.length
    outbox.rows.push(row(4))
    await until(() => kafka.topic.length === 4)
    expect(kafka.topic).toEqual([1, 2, 3, 4])
    // The other one is given time for what has only just come.
    expect(kafka.steps[looks]).toBe('peek')
  })

  test('asks Kafka nothing more once it is closed', async () => {
    const { kafka, start } = started(3)
    kafka.faults.push({ at: 'publish', when: 'after', error: fenced })
    const relay = start({ wait: untilAborted })
    await until(() => relay.state().phase === 'standby')
    await relay.close()
    expect(kafka.steps).not.toContain('peek')
  })
})
