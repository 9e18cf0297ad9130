import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { channels } from '../../channels/index.ts'
import { channelIo } from '../../src/channel-io.ts'
import { runCommand } from '../../src/cli/commands.ts'
import { readConfig } from '../../src/config.ts'
import { httpToken, ivrToken, publicUrl, twilioToken } from '../http/house.ts'
import { telegramSecret, telegramToken, viberToken } from './chat-house.ts'

/** Under these every channel is on, with all its providers; a new one adds its own. */
const read = readConfig({
  TWILIO_AUTH_TOKEN: twilioToken,
  SMS_HTTP_TOKEN: httpToken,
  IVR_HTTP_TOKEN: ivrToken,
  VIBER_AUTH_TOKEN: viberToken,
  TELEGRAM_BOT_TOKEN: telegramToken,
  TELEGRAM_WEBHOOK_SECRET: telegramSecret,
  SLIPS_TOKEN: 'token-of-the-scanner',
})
if ('problems' in read) throw new Error(read.problems.map(({ variable }) => variable).join())
const { branches, channelEnv } = read.config
const house = { publicUrl, branches, io: channelIo, assets: () => ({ folder: '', routes: [] }), probeId: '0123456789' }
const folder = join(import.meta.dirname, '../../channels')

test('every folder is in the list', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(channels.map(({ name }) => name).sort()).toEqual(folders.map(({ name }) => name).sort())
})

describe.each(channels)('$name', ({ name, prefix, routes, probes }) => {
  const env = channelEnv[name] ?? {}

  test('has its row in the README, with its address', () => {
    const rows = readFileSync(join(folder, 'README.md'), 'utf8').split('\n')
    expect(rows.find((row) => row.startsWith(`| [${name}](${name}) |`))).toContain(prefix)
  })

  test('gives doctor a request for each of its providers', () => {
    const provider = (path: string) => path.split('/')[1] ?? ''
    const taking = routes(env, house).filter(({ kind, method }) => kind !== 'page' && method === 'POST')
    const tried = probes?.(env, house).map(({ path }) => provider(path.slice(prefix.length)))
    expect(taking).not.toEqual([])
    expect(tried?.sort()).toEqual([...new Set(taking.map(({ path }) => provider(path)))].sort())
  })
})

test.each(['set-webhook', 'remove-webhook'])(
  'the help of %s names every channel that has a webhook',
  async (command) => {
    const help: string[] = []
    await runCommand(['--help'], { env: {}, cwd: '/', stdout: (line) => help.push(line), stderr: () => undefined })
    const named = channels.filter(({ webhook }) => webhook !== undefined).map(({ name }) => name)
    expect(help).toContain(`  ${named.join('|')} ${command}`)
  },
)
