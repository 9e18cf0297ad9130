/** The running gateway's door for the operator's commands: whoever may read DATA_DIR may bring slips and review them. */

import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { bearerToken } from '../channel/signatures.ts'
import type { SlipHouse } from '../core/slip-claim.ts'

/** What may be called; each takes and gives what JSON can carry. */
const CALLS = [
  'submit',
  'preview',
  'now',
  'slipsOf',
  'slipCounts',
  'slipsToReview',
  'slipReviewed',
  'slipComparisons',
] as const
type Call = (typeof CALLS)[number]

/** A slip with all probabilities of 24 boxes and its look has some 20 kB. */
const BODY_BYTES_MAX = 1_000_000
const ANSWER_MS_MAX = 30_000

const doorFile = (dir: string) => join(dir, 'gateway.door')

/** Opens the door on this machine alone, and writes down where it is and its key. Returns how it is closed. */
export async function openDoor(house: SlipHouse, dir: string, key: string): Promise<() => Promise<void>> {
  const isAllowed = bearerToken(key)
  const server = createServer({ requestTimeout: ANSWER_MS_MAX }, (request, response) => {
    if (!isAllowed(request)) return reply(response, 403, null)
    answer(house, request).then(
      (result) => reply(response, 200, { result }),
      (error: unknown) => reply(response, 503, { error: error instanceof Error ? error.message : 'it failed' }),
    )
  })
  server.unref()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await rm(doorFile(dir), { force: true })
  await writeFile(doorFile(dir), JSON.stringify({ port, key }), { mode: 0o600 })
  return async () => {
    await rm(doorFile(dir), { force: true })
    server.closeAllConnections()
    server.close()
  }
}

async function answer(house: SlipHouse, request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > BODY_BYTES_MAX) throw new Error('the call is too long')
    parts.push(part)
  }
  const { call, args } = JSON.parse(Buffer.concat(parts).toString()) as { call: Call; args: unknown[] }
  if (!CALLS.includes(call)) throw new Error('there is no such call')
  return (house[call] as (...args: unknown[]) => Promise<unknown>)(...args)
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(body === null ? '' : JSON.stringify(body))
}

/** It was stopped, or killed, since the command began, or hangs. */
function gone(): never {
  throw new Error('the gateway does not answer any more: see that it runs, and start the command again')
}

/** The house behind the door of the gateway that runs on that DATA_DIR; null: none runs there. */
export async function callDoor(dir: string): Promise<SlipHouse | null> {
  const door = doorIn(dir)
  if (door === null) return null
  const ask =
    (call: Call) =>
    async (...args: unknown[]) => {
      const response = await fetch(`http://127.0.0.1:${door.port}/`, {
        method: 'POST',
        headers: { authorization: `Bearer ${door.key}` },
        body: JSON.stringify({ call, args }),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      }).catch(gone)
      const { result, error } = (await response.json()) as { result: unknown; error?: string }
      if (error !== undefined) throw new Error(`the running gateway: ${error}`)
      return result
    }
  const house = Object.fromEntries(CALLS.map((call) => [call, ask(call)])) as unknown as SlipHouse
  // A gateway that was killed left its door behind.
  return house.now().then(
    () => house,
    () => null,
  )
}

function doorIn(dir: string): { readonly port: number; readonly key: string } | null {
  try {
    return JSON.parse(readFileSync(doorFile(dir), 'utf8')) as { port: number; key: string }
  } catch {
    return null
  }
}
