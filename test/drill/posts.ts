import { drained, drilledGateway } from './gateway-process.ts'
import type { Ledger } from './ledger.ts'
import { load, twilioClient } from './load.ts'
import { drillMeters } from './meters.ts'
import { drillTopics } from './topics.ts'

export interface PostsDrill {
  readonly posts: number
  /** Under way at the same time. */
  readonly parallel: number
}

/** What was done and found; `postsSeconds` until the last answer, `drainSeconds` from then until all stood on Kafka. */
export interface PostsCounts extends PostsDrill, Ledger {
  readonly accounts: number
  readonly postsSeconds: number
  readonly drainSeconds: number
}

/** Signed posts, so many at a time, must arrive as exactly so many events, valid, and in order for each account. */
export async function postsDrill(drill: PostsDrill, brokers: string): Promise<PostsCounts> {
  const topics = drillTopics(brokers, `posts-${drill.posts}`)
  const gateway = await drilledGateway(topics.env)
  const client = twilioClient(gateway.url, drill.parallel)
  try {
    gateway.start()
    await gateway.ready()
    const meters = drillMeters()
    const began = performance.now()
    const goesOn = (sent: number) => sent < drill.posts
    const sent = await load({ client, meters, workers: drill.parallel, goesOn, retries: () => false })
    const postsSeconds = Math.round(performance.now() - began) / 1000
    const drainSeconds = await drained(gateway)
    await gateway.stop()
    return { ...drill, accounts: meters.length, postsSeconds, drainSeconds, ...(await topics.compare(sent)) }
  } finally {
    client.close()
    await gateway.end()
  }
}
