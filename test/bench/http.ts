// What HTTP costs a message, without dialog and store: `node test/bench/http.ts [ROUNDS] [SECONDS]`; processor time, µs.
import { load } from './load.ts'
import { signedPosts } from './messages.ts'
import { type Server, startServer } from './server.ts'

/** Medians over all rounds, and of the differences between neighbouring rounds. */
export interface HttpFigures {
  readonly rounds: number
  readonly bareMicros: number
  readonly gatewayMicros: number
  /** What a message costs more than with the bare handler. */
  readonly extraMicros: number
  readonly ratio: number
}

const CONNECTIONS = 50
const POSTS = 10_000
const TOKEN = 'bench-token-bench-token-bench-token'
const ACCOUNT = { account: '2880950488', meter: '250592064305057', lastValue: 56_000, usage: 300 }

interface Contestant {
  readonly server: Server
  readonly posts: readonly Buffer[]
  readonly expected: string
}

/** The gateway's HTTP side against a bare Fastify handler, round by round in one run. */
export async function benchHttp(rounds: number, seconds: number): Promise<HttpFigures> {
  const bare = await contestant('test/bench/bare.ts', { port: 18_111, expected: '200' })
  const gateway = await contestant('test/bench/instant.ts', { port: 18_112, expected: '200 accepted' })
  try {
    for (const one of [bare, gateway]) await micros(one, seconds)
    const results: { bare: number; gateway: number }[] = []
    for (let round = 0; round < rounds; round++) {
      results.push({ bare: await micros(bare, seconds), gateway: await micros(gateway, seconds) })
    }
    return {
      rounds,
      bareMicros: median(results.map((round) => round.bare)),
      gatewayMicros: median(results.map((round) => round.gateway)),
      extraMicros: median(results.map((round) => round.gateway - round.bare)),
      ratio: median(results.map((round) => round.gateway / round.bare)),
    }
  } finally {
    await bare.server.stop()
    await gateway.server.stop()
  }
}

async function contestant(file: string, { port, expected }: { port: number; expected: string }): Promise<Contestant> {
  const server = await startServer(file, port, { env: { TOKEN } })
  return { server, expected, posts: signedPosts([ACCOUNT], 0, POSTS, { token: TOKEN, port }) }
}

async function micros({ server, posts, expected }: Contestant, seconds: number): Promise<number> {
  const before = server.cpuSeconds()
  const { requests, answers } = await load({
    port: server.port,
    connections: CONNECTIONS,
    requests: posts,
    seconds,
    endless: true,
  })
  if (answers[expected] !== requests) throw new Error(`not every answer was ${expected}: ${JSON.stringify(answers)}`)
  return ((server.cpuSeconds() - before) / requests) * 1e6
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

if (import.meta.main) {
  const [rounds = 7, seconds = 2] = process.argv.slice(2).map(Number)
  console.table([await benchHttp(rounds, seconds)])
}
