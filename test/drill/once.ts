import { isDeepStrictEqual } from 'node:util'
import { drained, drilledGateway } from './gateway-process.ts'
import type { Ledger } from './ledger.ts'
import { type Client, type Message, type Said, type Sent, twilioClient } from './load.ts'
import { drillMeters } from './meters.ts'
import { drillTopics } from './topics.ts'

export interface OnceDrill {
  readonly messages: number
  /** Posts of the same message at the same time. */
  readonly parallel: number
}

/** What was done and found; `differing` counts answers that were not, word for word, the first one to their message. */
export interface OnceCounts extends Ledger {
  readonly parallel: number
  readonly posts: number
  readonly differing: number
}

/**
 * Each message is posted many times at the same time; again after an orderly restart; and once more after a kill -9:
 * always the same answer, and one event.
 */
export async function onceDrill({ messages: most, parallel }: OnceDrill, brokers: string): Promise<OnceCounts> {
  const topics = drillTopics(brokers, `once-${most}`)
  const gateway = await drilledGateway(topics.env)
  const client = twilioClient(gateway.url, parallel)
  const messages = drillMeters()
    .slice(0, most)
    .map((meter, number): Message => ({ sid: `SM${number.toString(16).padStart(32, '0')}`, meter, n: 0 }))
  const heard = new Map<Message, (Said | null)[]>()
  const round = async () => {
    gateway.start()
    await gateway.ready()
    for (const message of messages) {
      heard.set(message, [...(heard.get(message) ?? []), ...(await postedAtOnce(client, message, parallel))])
    }
  }
  try {
    await round()
    await gateway.stop()
    await round()
    await gateway.kill9()
    await round()
    await drained(gateway)
    await gateway.stop()
    return { parallel, ...countsOf(heard), ...(await topics.compare([...heard].map(sentOf))) }
  } finally {
    client.close()
    await gateway.end()
  }
}

function postedAtOnce(client: Client, message: Message, parallel: number): Promise<(Said | null)[]> {
  return Promise.all(Array.from({ length: parallel }, () => client.post(message)))
}

function countsOf(heard: ReadonlyMap<Message, readonly (Said | null)[]>) {
  const all = [...heard.values()]
  const differing = all.flatMap((said) => said.filter((one) => one?.status !== 200 || !isDeepStrictEqual(one, said[0])))
  return { posts: all.flat().length, differing: differing.length }
}

function sentOf([message, [said = null]]: readonly [Message, readonly (Said | null)[]]): Sent {
  return { ...message, said, tries: 1 }
}
