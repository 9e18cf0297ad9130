import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { events } from '../../src/cli/events.ts'
import { registryImport } from '../../src/cli/registry-import.ts'
import { readConfig } from '../../src/config.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { openLog } from '../../src/log.ts'
import { thisMachine } from '../../src/machine.ts'
import type { RawRequest } from '../channels/contract.ts'
import { httpToken, ivrToken, publicUrl, twilioToken } from '../http/house.ts'

/** The registry of the fixtures, imported once, for gateways that each get a copy. */
export interface FixtureRegistry {
  readonly dir: string
  remove(): void
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Imports the registry of the fixtures as an operator does. */
export async function fixtureRegistry(): Promise<FixtureRegistry> {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-registry-'))
  const said: string[] = []
  const hear = (line: string) => void said.push(line)
  const context = { env: { DATA_DIR: dir }, stdout: hear, stderr: hear, cwd: root }
  if ((await registryImport(['test/fixtures/registry.csv'], context)) !== 0) throw new Error(said.join('\n'))
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** An event as `gateway events` prints it. */
export interface PrintedEvent {
  readonly seq: number
  readonly topic: string
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly data: Readonly<Record<string, unknown>>
}

/** A whole gateway on a port and a store of its own, both SMS providers on, and everything that it logs. */
export interface FixtureHouse extends Gateway {
  readonly dir: string
  readonly lines: readonly string[]
  post(raw: RawRequest): Promise<Response>
  /** What `gateway events` prints now. */
  events(): Promise<readonly PrintedEvent[]>
  end(): Promise<void>
}

/**
 * Starts one with a copy of the registry, its clock at the instant. `dir`: where, absent: in a folder of its own; `env`:
 * what it is told besides.
 */
export async function openFixtureHouse(
  registry: FixtureRegistry,
  clock: string,
  { dir, env: more = {} }: { readonly dir?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<FixtureHouse> {
  const folder = dir ?? mkdtempSync(join(tmpdir(), 'gateway-fixture-'))
  cpSync(registry.dir, folder, { recursive: true })
  const env = { DATA_DIR: folder, CLOCK: clock, PUBLIC_URL: publicUrl, PORT: '0', ...more }
  const tokens = { TWILIO_AUTH_TOKEN: twilioToken, SMS_HTTP_TOKEN: httpToken, IVR_HTTP_TOKEN: ivrToken }
  const read = readConfig({ ...env, ...tokens })
  if ('problems' in read) throw new Error(read.problems.map(({ variable }) => variable).join())
  const lines: string[] = []
  const log = openLog('trace', { write: (line) => void lines.push(line) })
  const gateway = await startGateway(read.config, { log, machine: thisMachine })
  return {
    ...gateway,
    dir: folder,
    lines,
    post: ({ url, headers, body }) => fetch(gateway.url + url, { method: 'POST', headers, body }),
    events: () => printedEvents(folder),
    async end() {
      await gateway.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function printedEvents(dir: string): Promise<readonly PrintedEvent[]> {
  const printed: string[] = []
  const stderr = (line: string) => {
    throw new Error(line)
  }
  const context = { env: { DATA_DIR: dir }, stdout: (line: string) => void printed.push(line), stderr, cwd: root }
  const status = await events([], context)
  if (status !== 0) throw new Error(`events ended with ${status}`)
  return printed.map((line) => JSON.parse(line) as PrintedEvent)
}
