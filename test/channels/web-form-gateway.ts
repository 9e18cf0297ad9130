import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../../src/config.ts'
import { type Gateway, type GatewayParts, startGateway } from '../../src/gateway.ts'
import { openLog } from '../../src/log.ts'
import { thisMachine } from '../../src/machine.ts'
import { importRegistry } from '../../src/registry/import.ts'

/** A real gateway on a free port, with the sample registry and a clock inside the window. */
export interface FormGateway extends Gateway {
  /** Everything it logged. */
  readonly logged: () => string
}

/** One register, 5 digits, last billed 55959, 372 kWh a month. */
export const one = { account: '2880950488', meter: '250592064305057' }
/** Day and night: 29770 and 44040. */
export const two = { account: '2891652287', meter: '5361493290684' }
/** A form with an id of its own, as the page gives it. */
export const filled = (fields: Record<string, string>) => ({ submission_id: randomUUID(), ...fields })

const samples = fileURLToPath(new URL('../fixtures/registry.csv', import.meta.url))

/** Starts one; `registry` false: nothing was ever imported; `more`: further rows of it. Ended by `close`, which removes its files too. */
export async function startFormGateway({
  registry = true,
  more = '',
  env = {},
  ...parts
}: Partial<Pick<GatewayParts, 'wrapStore'>> & {
  registry?: boolean
  more?: string
  env?: object
} = {}): Promise<FormGateway> {
  const dir = mkdtempSync(join(tmpdir(), 'web-form-'))
  const read = readConfig({
    PORT: '0',
    DATA_DIR: dir,
    CLOCK: '2026-11-22T03:00:00Z',
    BILL_URL_HOSTS: 'pay.dvec.ru',
    ...env,
  })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const { branches } = read.config
  if (registry) {
    const file = join(dir, 'registry.csv')
    writeFileSync(file, readFileSync(samples, 'utf8') + more)
    const done = await importRegistry({ file, dir, branches, id: 'test', now: '2026-11-22T03:00:00Z' })
    if (done.kind !== 'imported') throw new Error(`the sample registry: ${done.kind}`)
  }
  const lines: string[] = []
  const log = openLog('trace', { write: (line) => void lines.push(line) })
  const gateway = await startGateway(read.config, { log, machine: thisMachine, ...parts })
  const close = async () => {
    await gateway.close()
    rmSync(dir, { recursive: true, force: true })
  }
  return { ...gateway, close, logged: () => lines.join('') }
}

/** An answer to a form, as far as tests look at it. */
export interface Said {
  readonly status: number
  readonly outcome: string | null
  readonly location: string
  readonly body: string
  readonly headers: Headers
}

/** Posts fields as a browser does, without following the redirect. */
export async function post(gateway: Gateway, fields: Record<string, string>, path = ''): Promise<Said> {
  const response = await fetch(`${gateway.url}/pokazaniya${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  return saidOf(response)
}

/** Gets a page. */
export async function get(gateway: Gateway, path: string, headers: Record<string, string> = {}): Promise<Said> {
  return saidOf(await fetch(gateway.url + path, { headers, redirect: 'manual' }))
}

async function saidOf(response: Response): Promise<Said> {
  const { status, headers } = response
  const location = headers.get('location') ?? ''
  return { status, headers, location, outcome: headers.get('x-reading-outcome'), body: await response.text() }
}

/** Fields that the page would send on, by the button with that caption. */
export function fieldsBehind(body: string, button: string): Record<string, string> {
  const form = body.split('<form').find((part) => part.includes(`>${button}</button>`)) ?? ''
  const inputs = form.matchAll(/<input[^>]* name="([^"]+)"(?: value="([^"]*)")?/g)
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value]))
}

/** Events of the gateway as billing will see them. */
export async function events(gateway: Gateway) {
  const rows = await gateway.store.outboxAfter(0, 1_000)
  return rows.map(({ topic, data }) => ({ topic, data: JSON.parse(data) as Record<string, unknown> }))
}
