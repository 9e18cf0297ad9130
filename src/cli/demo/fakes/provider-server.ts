import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What goes wrong with one call: an HTTP status, a body said instead, silence or a cut line, before or after the work. */
export type Fault =
  | { readonly http: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly say: object }
  | 'silence'
  | 'silence after'
  | 'cut before'
  | 'cut after'

/** A server that plays a provider's API, with a switch for everything that can go wrong. */
export interface ProviderServer {
  /** Its address, without a slash at the end. */
  readonly url: string
  /** Faults of the next calls, one each. */
  readonly faults: Fault[]
  /** Faults of the next calls of one path alone. */
  readonly faultsAt: Map<string, Fault[]>
  /** Every call from now on is cut, or no longer. */
  down: boolean
  /** Paths that were called, in order. */
  readonly calls: string[]
  close(): Promise<void>
}

/** A call of the API, its body read. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** What the API says to a call: JSON text, or bytes. */
export interface Said {
  readonly status: number
  readonly body: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/** Listens on 127.0.0.1, a free port; `answer` is asked only by calls that no fault meets. */
export async function openProvider(answer: (call: Call) => Said | Promise<Said>): Promise<ProviderServer> {
  const server = createServer((request, response) => void take(request, response))
  const state = { faults: [] as Fault[], faultsAt: new Map<string, Fault[]>(), down: false, calls: [] as string[] }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const path = request.url ?? ''
    state.calls.push(path)
    const fault = state.down ? 'cut before' : (state.faultsAt.get(path)?.shift() ?? state.faults.shift())
    if (fault === 'silence') return
    if (fault === 'cut before') return void request.socket.destroy()
    if (fault !== undefined && typeof fault === 'object') return send(response, instead(fault))
    const { method = 'GET', headers } = request
    const said = await answer({ method, path, headers, body })
    if (fault === 'silence after') return
    if (fault === 'cut after') return void request.socket.destroy()
    send(response, said)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

function instead(fault: Exclude<Fault, string>): Said {
  if ('say' in fault) return { status: 200, body: JSON.stringify(fault.say) }
  return { status: fault.http, body: fault.body ?? '', ...(fault.headers && { headers: fault.headers }) }
}

function send(response: ServerResponse, { status, body, headers = {} }: Said): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body)
}
