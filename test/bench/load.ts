import { connect, type Socket } from 'node:net'

/** What a load of requests over some connections came to. */
export interface LoadFigures {
  readonly requests: number
  readonly seconds: number
  /** Milliseconds of the slowest hundredth. */
  readonly p99Ms: number
  /** Answers by `STATUS outcome`, to see that the work was done. */
  readonly answers: Readonly<Record<string, number>>
}

/** Whole requests, each a connection's next; for ever around where `endless`, else each once. */
export interface Load {
  readonly port: number
  readonly connections: number
  readonly requests: readonly Buffer[]
  readonly seconds: number
  readonly endless: boolean
}

/** Posts over so many connections, each waiting for its answer before it sends the next, until time or requests are over. */
export async function load({ port, connections, requests, seconds, endless }: Load): Promise<LoadFigures> {
  const latencies: number[] = []
  const answers: Record<string, number> = {}
  const start = performance.now()
  const until = start + seconds * 1_000
  let next = 0
  const take = (): Buffer | undefined => {
    if (performance.now() >= until) return undefined
    return endless ? requests[next++ % requests.length] : requests[next++]
  }
  await Promise.all(Array.from({ length: connections }, () => converse({ port, take, latencies, answers })))
  const elapsed = (performance.now() - start) / 1_000
  latencies.sort((a, b) => a - b)
  return {
    requests: latencies.length,
    seconds: elapsed,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    answers,
  }
}

interface Conversation {
  readonly port: number
  readonly take: () => Buffer | undefined
  readonly latencies: number[]
  readonly answers: Record<string, number>
}

function converse({ port, take, latencies, answers }: Conversation): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    let sentAt = 0
    let received = ''
    const send = () => {
      const request = take()
      if (request === undefined) {
        socket.end()
        resolve()
        return
      }
      sentAt = performance.now()
      socket.write(request)
    }
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed a connection in mid-load')))
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      const end = answerEnd(received)
      if (end < 0) return
      latencies.push(performance.now() - sentAt)
      const key = `${received.slice(9, 12)} ${/x-reading-outcome: ([a-z]+)/.exec(received)?.[1] ?? ''}`.trim()
      answers[key] = (answers[key] ?? 0) + 1
      received = received.slice(end)
      send()
    })
  })
}

/** Where the first whole answer ends; -1: it is not there yet. */
function answerEnd(received: string): number {
  const headersEnd = received.indexOf('\r\n\r\n')
  if (headersEnd < 0) return -1
  const length = Number(/content-length: (\d+)/i.exec(received.slice(0, headersEnd))?.[1] ?? 0)
  const end = headersEnd + 4 + length
  return received.length >= end ? end : -1
}
