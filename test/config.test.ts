import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { channels } from '../channels/index.ts'
import { secret as secretOf } from '../src/channel/variables.ts'
import { type Config, readConfig } from '../src/config.ts'
import { variablesOf } from './variables.ts'

const folder = mkdtempSync(join(tmpdir(), 'gateway-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const PRODUCTION = { NODE_ENV: 'production', PUBLIC_URL: 'https://meters.example' }

function config(env: Record<string, string>, list: Parameters<typeof readConfig>[1] = []): Config {
  const read = readConfig({ DATA_DIR: folder, ...env }, list)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.config
}

/** Names of the variables that are refused. */
function refused(env: Record<string, string>, list: Parameters<typeof readConfig>[1] = []): string[] {
  const read = readConfig({ DATA_DIR: folder, ...env }, list)
  return 'problems' in read ? read.problems.map(({ variable }) => variable) : []
}

test('an empty environment gives a gateway on this machine, with the embedded store and without Kafka', () => {
  expect(config({})).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 8080,
    PUBLIC_URL: 'http://127.0.0.1:8080',
    STORE_URL: 'sqlite:',
    KAFKA_BROKERS: [],
    KAFKA_SSL: false,
    KAFKA_TOPIC_READINGS: 'meter-readings',
    KAFKA_TOPIC_REJECTED: 'meter-readings-rejected',
    BILL_URL_HOSTS: [],
    BILL_URL_PARAMETER: 'ls',
    TRUSTED_PROXIES: [],
    LOG_LEVEL: 'info',
  })
})

test('an empty variable counts as absent, as Compose writes it', () => {
  expect(config({ PORT: '', KAFKA_BROKERS: '', CLOCK: '' }).PORT).toBe(8080)
})

test('a set clock is kept in UTC, as instants are everywhere', () => {
  expect(config({ CLOCK: '2026-11-22t12:00:00.5+09:00' }).CLOCK).toBe('2026-11-22T03:00:00.500Z')
})

test('the branches of the bundled example are read along', () => {
  expect(config({}).branches.map(({ id }) => id)).toContain('amur')
})

describe('an address', () => {
  test.each([
    ['loses its slash', { PUBLIC_URL: 'https://meters.example/' }, 'https://meters.example'],
    ['keeps its path', { PUBLIC_URL: 'https://meters.example/gw/' }, 'https://meters.example/gw'],
    ['is made of host and port', { HOST: 'localhost', PORT: '81' }, 'http://localhost:81'],
    ['of IPv6 stands in brackets', { HOST: '::1' }, 'http://[::1]:8080'],
  ])('%s', (_why, env, address) => expect(config(env).PUBLIC_URL).toBe(address))
})

describe('taken are', () => {
  test.each([
    ['the largest port', { PORT: '65535' }],
    ['a free port', { PORT: '0' }],
    ['PostgreSQL', { STORE_URL: 'postgres://gateway:secret@db/gateway' }],
    ['PostgreSQL by its other name', { STORE_URL: 'postgresql://db/gateway' }],
    ['several brokers', { KAFKA_BROKERS: 'a:9092, b:9092,[::1]:9092' }],
    ['signing in', { KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512', KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' }],
    ['a clock in a demonstration', { CLOCK: '2026-11-22T03:00:00Z' }],
    ['a clock with an offset', { CLOCK: '2026-11-22T12:00:00+09:00' }],
    ['a clock in small letters', { CLOCK: '2026-11-22t03:00:00z' }],
    ['https in production', PRODUCTION],
    ['this machine in production, behind a proxy', { ...PRODUCTION, PUBLIC_URL: 'http://localhost:8080' }],
    ['networks of proxies', { TRUSTED_PROXIES: '10.0.0.0/8, ::1' }],
    ['a folder that is still to be made', { DATA_DIR: join(folder, 'a/b') }],
  ])('%s', (_why, env) => expect(refused(env)).toEqual([]))
})

describe('refused are', () => {
  test.each([
    ['a port above the largest', 'PORT', { PORT: '65536' }],
    ['a port in words', 'PORT', { PORT: 'http' }],
    ['a port beside the host', 'HOST', { NODE_ENV: 'production', HOST: '0.0.0.0:8080' }],
    ['a host of five numbers', 'HOST', { NODE_ENV: 'production', HOST: '1.2.3.4.5' }],
    ['an address with a zone', 'HOST', { NODE_ENV: 'production', HOST: 'fe80::1%eth0' }],
    ['a host that is a path', 'HOST', { HOST: 'localhost/a' }],
    ['an unknown store', 'STORE_URL', { STORE_URL: 'mysql://db' }],
    ['an embedded store outside DATA_DIR', 'STORE_URL', { STORE_URL: 'sqlite:/var/lib/gateway.db' }],
    ['an address of another scheme', 'PUBLIC_URL', { PUBLIC_URL: 'ftp://meters.example' }],
    ['an address with a query', 'PUBLIC_URL', { PUBLIC_URL: 'https://meters.example/?a=1' }],
    ['an address between blanks', 'PUBLIC_URL', { PUBLIC_URL: ' https://meters.example ' }],
    ['an address that ends its line', 'PUBLIC_URL', { PUBLIC_URL: 'https://meters.example\n' }],
    ['an address without slashes', 'PUBLIC_URL', { PUBLIC_URL: 'https:meters.example' }],
    ['an address with backslashes', 'PUBLIC_URL', { PUBLIC_URL: 'https:\\\\meters.example' }],
    ['an address with an empty query', 'PUBLIC_URL', { PUBLIC_URL: 'https://meters.example/?' }],
    ['an address with an empty fragment', 'PUBLIC_URL', { PUBLIC_URL: 'https://meters.example/#' }],
    ['an address with a password', 'PUBLIC_URL', { PUBLIC_URL: 'https://me:secret@meters.example' }],
    ['an address without https in production', 'PUBLIC_URL', { ...PRODUCTION, PUBLIC_URL: 'http://meters.example' }],
    ['all interfaces as the address in production', 'PUBLIC_URL', { NODE_ENV: 'production', HOST: '0.0.0.0' }],
    ['a set clock in production', 'CLOCK', { ...PRODUCTION, CLOCK: '2026-11-22T03:00:00Z' }],
    ['a clock without a zone', 'CLOCK', { CLOCK: '2026-11-22T03:00:00' }],
    ['brokers without a port', 'KAFKA_BROKERS', { KAFKA_BROKERS: 'kafka' }],
    ['brokers at a port above the largest', 'KAFKA_BROKERS', { KAFKA_BROKERS: 'a:9092,b:65536' }],
    ['brokers at no port', 'KAFKA_BROKERS', { KAFKA_BROKERS: '[::1]:0' }],
    ['a word for a switch', 'KAFKA_SSL', { KAFKA_SSL: 'yes' }],
    ['an unknown mechanism', 'KAFKA_SASL_MECHANISM', { KAFKA_SASL_MECHANISM: 'gssapi' }],
    ['a password without a mechanism', 'KAFKA_SASL_MECHANISM', { KAFKA_PASSWORD: 'p' }],
    ['a mechanism without a name', 'KAFKA_USERNAME', { KAFKA_SASL_MECHANISM: 'plain', KAFKA_PASSWORD: 'p' }],
    ['a mechanism without a password', 'KAFKA_PASSWORD', { KAFKA_SASL_MECHANISM: 'plain', KAFKA_USERNAME: 'u' }],
    [
      'a readable password in production',
      'KAFKA_SSL',
      { ...PRODUCTION, KAFKA_SASL_MECHANISM: 'plain', KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' },
    ],
    ['a topic with a space', 'KAFKA_TOPIC_READINGS', { KAFKA_TOPIC_READINGS: 'meter readings' }],
    ['a topic of two dots', 'KAFKA_TOPIC_READINGS', { KAFKA_TOPIC_READINGS: '..' }],
    ['one topic for both', 'KAFKA_TOPIC_REJECTED', { KAFKA_TOPIC_REJECTED: 'meter-readings' }],
    ['a host that is an address', 'BILL_URL_HOSTS', { BILL_URL_HOSTS: 'https://pay.example' }],
    ['a proxy by name', 'TRUSTED_PROXIES', { TRUSTED_PROXIES: 'proxy' }],
    ['a network of too many bits', 'TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['another word for production', 'NODE_ENV', { NODE_ENV: 'Prod' }],
    ['a level that is none', 'LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['a branches file that is not there', 'BRANCHES_FILE', { BRANCHES_FILE: join(folder, 'none.json') }],
  ])('%s', (_why, variable, env) => expect(refused(env)).toEqual([variable]))

  test('a data folder below a file', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(refused({ DATA_DIR: join(folder, 'file', 'data') })).toEqual(['DATA_DIR'])
  })

  test('an inbox that is a file, or below one', () => {
    for (const place of ['scans', 'scans/in']) {
      writeFileSync(join(folder, 'scans'), '')
      expect(refused({ SLIPS_INBOX: join(folder, place), PORT: 'x' })).toEqual(['PORT', 'SLIPS_INBOX'])
    }
  })

  test.each(['Production', 'PRODUCTION', ' production '])(
    'what production refuses, where it is written “%s”',
    (name) => {
      expect(refused({ ...PRODUCTION, NODE_ENV: name, CLOCK: '2026-11-22T03:00:00Z' })).toEqual(['CLOCK'])
    },
  )

  test('an inbox that is a folder of the store, by whatever name, whose files would be put aside as scans', () => {
    const dataDir = join(folder, 'kept')
    mkdirSync(join(dataDir, 'slips'), { recursive: true })
    symlinkSync(dataDir, join(folder, 'link'))
    const inboxes = ['kept', 'kept/', 'link', 'kept/../kept', 'kept/slips', 'kept/slips/scans', 'link/slips/uploads']
    for (const inbox of inboxes)
      expect(refused({ DATA_DIR: dataDir, SLIPS_INBOX: join(folder, inbox) }), inbox).toEqual(['SLIPS_INBOX'])
    expect(refused({ DATA_DIR: 'none/yet', SLIPS_INBOX: './none/yet' })).toEqual(['SLIPS_INBOX'])
    for (const inbox of ['kept/inbox', 'kept/slips-inbox', 'inbox', '.'])
      expect(refused({ DATA_DIR: dataDir, SLIPS_INBOX: join(folder, inbox) }), inbox).toEqual([])
  })

  test('all at once, so that one start shows everything that is wrong', () => {
    expect(refused({ PORT: 'x', STORE_URL: 'x', BRANCHES_FILE: 'x' })).toEqual(['PORT', 'STORE_URL', 'BRANCHES_FILE'])
  })

  test('what is wrong by itself, and what is unsafe beside it', () => {
    const unsafe = { ...PRODUCTION, CLOCK: '2026-11-22T03:00:00Z', PUBLIC_URL: 'http://meters.example' }
    expect(refused({ ...unsafe, PORT: 'x' })).toEqual(['PORT', 'CLOCK', 'PUBLIC_URL'])
    expect(refused({ KAFKA_SASL_MECHANISM: 'x', KAFKA_PASSWORD: 'p' })).toEqual(['KAFKA_SASL_MECHANISM'])
    expect(refused({ ...unsafe, PUBLIC_URL: 'x' })).toEqual(['PUBLIC_URL', 'CLOCK'])
  })
})

describe('the variables of channels', () => {
  const pager = { name: 'pager', env: z.object({ PAGER_TOKEN: z.string().min(32).describe('Opens it.').optional() }) }
  const telex = { name: 'telex', env: z.object({ PAGER_TOKEN: z.string().min(32).optional(), TELEX: z.string() }) }
  const secret = 's'.repeat(32)

  test('reach each channel under its own name', () => {
    expect(config({ PAGER_TOKEN: secret, TELEX: 'on' }, [pager, telex]).channelEnv).toEqual({
      pager: { PAGER_TOKEN: secret },
      telex: { PAGER_TOKEN: secret, TELEX: 'on' },
    })
  })

  test('are refused once where two channels share one', () => {
    expect(refused({ PAGER_TOKEN: 'short', TELEX: 'on' }, [pager, telex])).toEqual(['PAGER_TOKEN'])
  })

  test('may hold a short secret only where it guards nothing', () => {
    const keyed = [{ name: 'keyed', env: z.object({ KEY: secretOf(16).optional().describe('Opens it.') }) }]
    expect(config({ KEY: 'k' }, keyed).channelEnv).toEqual({ keyed: { KEY: 'k' } })
    expect(refused({ ...PRODUCTION, KEY: 'k'.repeat(15) }, keyed)).toEqual(['KEY'])
    expect(refused({ ...PRODUCTION, KEY: 'k'.repeat(15), PORT: 'x' }, keyed)).toEqual(['PORT', 'KEY'])
    expect(config({ ...PRODUCTION, KEY: 'k'.repeat(16) }, keyed).channelEnv['keyed']).toEqual({ KEY: 'k'.repeat(16) })
  })

  test.each(['TWILIO_AUTH_TOKEN', 'SMS_HTTP_TOKEN', 'VIBER_AUTH_TOKEN', 'IVR_HTTP_TOKEN', 'SLIPS_TOKEN'])(
    '%s may be short on a desk, and not in production',
    (name) => {
      expect(refused({ [name]: 'short' }, channels)).toEqual([])
      expect(refused({ ...PRODUCTION, [name]: 'short' }, channels)).toEqual([name])
    },
  )

  test.each([
    ['TWILIO_AUTH_TOKEN', 'token\n'],
    ['SMS_HTTP_TOKEN', ' token '],
    ['VIBER_AUTH_TOKEN', 'to ken'],
    ['SLIPS_TOKEN', 'пароль'],
    ['VIBER_API_URL', 'https:chatapi.viber.example'],
    ['TELEGRAM_API_URL', 'https://api.telegram.example/?a'],
    ['SLIPS_AUDIT_SHARE', '1.1'],
  ])('%s is refused where it could never be right: %j', (name, value) =>
    expect(refused({ [name]: value }, channels)).toEqual([name]),
  )

  test('a share may be written with a fraction, the whole one too', () => {
    const share = (text: string) => config({ SLIPS_AUDIT_SHARE: text }, channels).channelEnv['slip']
    expect(share('1.0')).toMatchObject({ SLIPS_AUDIT_SHARE: 1 })
    expect(share('.5')).toMatchObject({ SLIPS_AUDIT_SHARE: 0.5 })
  })

  test('stand once in the list, with their sentence', () => {
    const own = variablesOf([pager, telex]).slice(variablesOf([]).length)
    expect(own).toEqual([
      { name: 'PAGER_TOKEN', standard: '', sentence: 'Opens it.' },
      { name: 'TELEX', standard: '', sentence: '' },
    ])
  })
})

test('what is said of a wrong variable never shows its value', () => {
  const secret = 'hush-hush'
  const names = variablesOf().map(({ name }) => name)
  const read = readConfig(Object.fromEntries(names.map((name) => [name, ` ${secret}?`])), channels)
  expect('problems' in read && read.problems.length).toBeGreaterThan(5)
  expect(JSON.stringify(read)).not.toContain(secret)
})

test('every variable has a sentence', () => {
  expect(variablesOf().filter(({ sentence }) => !sentence.endsWith('.'))).toEqual([])
})

test('.env.example lists every variable with its default and its sentence; -u brings it up to date', async () => {
  const lines = variablesOf().map(({ name, standard, sentence }) => `# ${sentence}\n#${name}=${standard}\n`)
  await expect(`# Copy what you change. Lines without a # count.\n\n${lines.join('\n')}`).toMatchFileSnapshot(
    '../.env.example',
  )
})
