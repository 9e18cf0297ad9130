import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/config.ts'
import type { Store } from '../../src/core/store.ts'
import { type Gateway, type GatewayParts, startGateway } from '../../src/gateway.ts'
import { openLog } from '../../src/log.ts'
import { thisMachine } from '../../src/machine.ts'
import { digitsDialog } from './digits-dialog.ts'

/** Tokens and the address under which the tests' providers sign. */
export const twilioToken = 'twilio-token-of-thirty-two-letters'
export const httpToken = 'http-token-of-tests'
export const ivrToken = 'telephony-token-of-tests'
export const publicUrl = 'https://readings.example.ru'

/** A gateway of its own, in a folder of its own, with a switch that breaks its store. */
export interface House extends Gateway {
  /** The environment under which the operator's commands meet it. */
  readonly env: Readonly<Record<string, string>>
  /** Every log line, as written. */
  readonly lines: string[]
  /** From now on every call of the store rejects, or no longer. */
  breakStore(broken: boolean): void
  /** Closes and removes everything. */
  end(): Promise<void>
}

/** Opens a gateway on 127.0.0.1 with both SMS providers and both telephony platforms on. */
export async function openHouse(
  env: Readonly<Record<string, string>> = {},
  parts: Partial<Pick<GatewayParts, 'channels' | 'machine' | 'dialog'>> = {},
): Promise<House> {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-'))
  const lines: string[] = []
  const fault = { on: false }
  const all = {
    PORT: '0',
    PUBLIC_URL: publicUrl,
    DATA_DIR: dir,
    TWILIO_AUTH_TOKEN: twilioToken,
    SMS_HTTP_TOKEN: httpToken,
    IVR_HTTP_TOKEN: ivrToken,
    ...env,
  }
  const read = readConfig(all)
  if ('problems' in read) throw new Error(read.problems.map(({ variable }) => variable).join())
  const gateway = await startGateway(read.config, {
    log: openLog('info', { write: (line) => lines.push(line) }),
    machine: thisMachine,
    dialog: digitsDialog,
    wrapStore: (store) => breakable(store, fault),
    ...parts,
  })
  return {
    ...gateway,
    env: { ...all, PORT: new URL(gateway.url).port },
    lines,
    breakStore: (broken) => {
      fault.on = broken
    },
    async end() {
      await gateway.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function breakable(store: Store, fault: { readonly on: boolean }): Store {
  const broken = () => Promise.reject(Object.assign(new Error('no'), { code: 'ERR_SQLITE_ERROR', errstr: 'disk full' }))
  return new Proxy(store, {
    get: (target, name: keyof Store) => (fault.on && name !== 'close' ? broken : target[name]),
  })
}
