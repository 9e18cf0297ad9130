import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import { type ChatPair, openChats } from '../e2e/chat-house.ts'
import { type House, openHouse } from '../http/house.ts'

/** Runs a command; answers its exit status and what it printed where. */
async function run(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const out: string[] = []
  const err: string[] = []
  const context = { env, stdout: (line: string) => out.push(line), stderr: (line: string) => err.push(line), cwd: '/' }
  return { status: await runCommand(words, context), out, err }
}

/** What the gateway told an operator on call meanwhile. */
const warningsOf = ({ lines }: House) => lines.filter((line) => (JSON.parse(line) as { level: number }).level >= 40)

test('a gateway that is well passes, each channel that is on having answered, and no reading is left', async () => {
  const house = await openHouse()
  const { status, out, err } = await run(['doctor'], house.env)
  expect([status, err, out.filter((line) => line.startsWith('fail'))]).toEqual([0, [], []])
  expect(out.filter((line) => line.includes('messages from')).map((line) => line.slice(0, 6))).toEqual([
    'ok    ',
    'ok    ',
  ])
  expect((await house.store.outboxState(0)).lastSeq).toBe(0)
  expect(warningsOf(house)).toEqual([])
  await house.end()
})

test.each([
  ['another token', { TWILIO_AUTH_TOKEN: 'another-token-of-thirty-two-letter' }, 'messages from Twilio: refused (403)'],
  ['another public address', { PUBLIC_URL: 'https://other.example.ru' }, 'messages from Twilio: refused (403)'],
  ['Kafka away', { KAFKA_BROKERS: '127.0.0.1:1' }, 'do not answer'],
  ['Kafka away', { KAFKA_BROKERS: '127.0.0.1:1' }, 'the transactional id meter-reading-gateway-relay-…;'],
  ['a wrong variable', { PORT: 'http' }, 'PORT must be'],
])('with %s it fails and says what to do', async (_why, env, sentence) => {
  const house = await openHouse()
  const { status, out } = await run(['doctor'], { ...house.env, ...env })
  expect([status, out.filter((line) => line.startsWith('fail')).join('\n')]).toEqual([
    1,
    expect.stringContaining(sentence),
  ])
  await house.end()
})

describe('of the messengers', () => {
  let chats: ChatPair
  let house: House
  beforeAll(async () => {
    chats = await openChats(() => house.url)
    house = await openHouse(chats.env)
  })
  afterAll(async () => {
    await house.end()
    await chats.close()
  })
  const linesOf = ({ out }: { out: readonly string[] }) => out.filter((line) => /(viber|telegram)[ "]/.test(line))

  test('the routes answer, and it says that events are still brought nowhere', async () => {
    const { status, out } = await run(['doctor'], house.env)
    expect([status, linesOf({ out }).map((line) => line.replace(/ +/g, ' '))]).toEqual([
      1,
      [
        'ok viber events from Viber: answered',
        'fail viber its API: it brings its events nowhere yet; with the right token, npm run -s gateway -- viber set-webhook mends it',
        'ok telegram updates from Telegram: answered',
        'fail telegram its API: it brings its events nowhere yet; with the right token, npm run -s gateway -- telegram set-webhook mends it',
      ],
    ])
  })

  test('a token that their APIs refuse fails', async () => {
    const tokens = { VIBER_AUTH_TOKEN: 'another-viber-token', TELEGRAM_BOT_TOKEN: `1:${'b'.repeat(35)}` }
    const lines = linesOf(await run(['doctor'], { ...house.env, ...tokens })).join('\n')
    expect(lines).toContain('events from Viber: refused (403)')
    expect(lines).toContain('its API: status 2, invalidAuthToken')
    expect(lines).toContain('its API: status 401, Unauthorized')
  })

  test('an API that cannot be reached fails, and nobody is told to set a webhook for that', async () => {
    const away = { VIBER_API_URL: 'http://127.0.0.1:9/pa', TELEGRAM_API_URL: 'http://127.0.0.1:9' }
    const lines = linesOf(await run(['doctor'], { ...house.env, ...away }))
    expect(lines.filter((line) => line.startsWith('fail')).map((line) => line.replace(/ +/g, ' '))).toEqual([
      'fail viber its API: no answer (no-answer): look at VIBER_API_URL and the network',
      'fail telegram its API: no answer (network): look at TELEGRAM_API_URL and the network',
    ])
    expect(await run(['telegram', 'set-webhook'], { ...house.env, ...away })).toEqual({
      status: 1,
      out: [],
      err: ['telegram: no answer (network): look at TELEGRAM_API_URL and the network'],
    })
  })

  test('once the webhooks are set all is well, and nothing was left behind', async () => {
    const env = { ...house.env, PUBLIC_URL: house.url }
    for (const name of ['viber', 'telegram']) expect((await run([name, 'set-webhook'], env)).status).toBe(0)
    const before = warningsOf(house).length
    const lines = linesOf(await run(['doctor'], env))
    expect(linesOf({ out: warningsOf(house).slice(before) })).toEqual([])
    expect(lines.map((line) => line.slice(0, 4).trim())).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect([chats.viber.shown(), chats.telegram.shown()]).toEqual([[], []])
    for (const name of ['viber', 'telegram']) expect((await house.store.receiptState(name)).waiting).toBe(0)
    expect((await house.store.outboxState(0)).lastSeq).toBe(0)
  })
})

describe('of paper slips', () => {
  let dir: string
  let house: House
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'doctor-slips-'))
    house = await openHouse({ SLIPS_TOKEN: 'token-of-the-scanner', SLIPS_INBOX: join(dir, 'inbox') })
  })
  afterAll(async () => {
    await house.end()
    rmSync(dir, { recursive: true })
  })
  const slipLines = async (env: Readonly<Record<string, string>> = {}) =>
    (await run(['doctor'], { ...house.env, ...env })).out
      .filter((line) => line.includes(' slip '))
      .map((line) => line.replace(/ +/g, ' '))

  test('inbox, reader and route are tried, and nothing is left of it', async () => {
    expect(await slipLines()).toEqual([
      'ok slip inbox: scans can be moved from there to done and failed',
      'ok slip reader: reads a slip that was just printed',
      'ok slip an empty upload with the token: answered 400',
    ])
    expect(readdirSync(join(dir, 'inbox'))).toEqual([])
    expect(readdirSync(join(house.env['DATA_DIR'] ?? '', 'slips'), { recursive: true })).toEqual(['uploads'])
    expect(await house.store.slipCounts()).toMatchObject({ taken: 0 })
    expect(warningsOf(house)).toEqual([])
  })

  test('scans that nobody could read are counted, for nobody else removes them', async () => {
    for (const [folder, name] of [
      ['failed', 'a.pdf'],
      ['failed', 'a.pdf.reason.txt'],
      ['2026-11-25/failed', 'b.pdf'],
    ] as const) {
      mkdirSync(join(dir, 'inbox', folder), { recursive: true })
      writeFileSync(join(dir, 'inbox', folder, name), '')
    }
    expect((await slipLines())[1]).toBe(
      'warn slip inbox: 2 in failed could not be read: look at them and remove them, the gateway never does',
    )
    for (const folder of ['failed', '2026-11-25']) rmSync(join(dir, 'inbox', folder), { recursive: true })
  })

  test('what lies where nobody reads it is counted', async () => {
    mkdirSync(join(dir, 'inbox', '25.11.2026'))
    expect((await slipLines())[1]).toBe(
      'warn slip inbox: 1 may hold scans that lie unread: folders not named like 2026-11-25, links, and names that are no UTF-8 are not read: put the scans elsewhere',
    )
    rmSync(join(dir, 'inbox', '25.11.2026'), { recursive: true })
  })

  test.each([
    ['no folder', () => 'nowhere', 'ENOENT'],
    ['a file in the place of done', () => 'spoilt', 'EEXIST'],
  ])('%s fails, with what to do', async (_why, place, code) => {
    mkdirSync(join(dir, 'spoilt'), { recursive: true })
    writeFileSync(join(dir, 'spoilt', 'done'), '')
    const [inbox] = await slipLines({ SLIPS_INBOX: join(dir, place()) })
    expect(inbox).toMatch(new RegExp(`^fail slip inbox: .*\\(${code}\\): make the folder`))
    expect(readdirSync(join(dir, 'spoilt'))).toEqual(['done'])
  })

  test('a file for a folder fails as a variable that is wrong', async () => {
    writeFileSync(join(dir, 'file'), '')
    const { out } = await run(['doctor'], { ...house.env, SLIPS_INBOX: join(dir, 'file') })
    expect(out).toEqual([expect.stringMatching(/^fail {2}configuration {3}SLIPS_INBOX must be a folder/)])
  })

  test('another token fails', async () => {
    const lines = await slipLines({ SLIPS_TOKEN: 'another-token-of-a-scanner' })
    expect(lines.at(-1)).toMatch(/^fail slip an empty upload with the token: refused \(403\)/)
  })
})

test('while the gateway is stopped its parts are looked at from outside', async () => {
  const house = await openHouse()
  await house.close()
  const { status, out } = await run(['doctor'], house.env)
  expect(status).toBe(1)
  expect(out.join('\n')).toMatch(/ok +store +takes writes[\s\S]*fail +gateway +nobody answers at/)
  await house.end()
})

test('something else on its port gets no message and no token, and the store is looked at from outside', async () => {
  const asked: string[] = []
  const other = createServer(({ url = '', headers }, response) => {
    asked.push(`${url} ${Object.keys(headers).filter((name) => /authorization|signature|token/.test(name))}`.trim())
    response.writeHead(404).end('not found')
  })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const house = await openHouse()
  await house.close()
  const { port } = other.address() as AddressInfo
  const { status, out } = await run(['doctor'], { ...house.env, PORT: String(port) })
  expect([status, asked]).toEqual([1, ['/readyz']])
  expect(out.join('\n')).toMatch(
    /ok +store +takes writes[\s\S]*fail +gateway +something else answers at .*: change PORT/,
  )
  await house.end()
  other.close()
})

test('where there is no store yet none is made', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'doctor-nothing-'))
  const { status, out } = await run(['doctor'], { DATA_DIR: join(dir, 'data'), PORT: '1' })
  expect(status).toBe(1)
  expect(out.join('\n')).toMatch(/fail +store +cannot be opened \(there is no store in DATA_DIR/)
  expect(readdirSync(dir)).toEqual([])
  rmSync(dir, { recursive: true })
})

test('a store that cannot be opened fails, with the reason', async () => {
  const house = await openHouse()
  const { status, out } = await run(['doctor'], { ...house.env, PORT: '1' })
  expect(status).toBe(1)
  expect(out.join('\n')).toMatch(
    /fail +store +cannot be opened \(another gateway is running on this DATA_DIR.*\nok +disk +\d+ MiB free/,
  )
  expect(out.join('\n')).toMatch(
    /fail +gateway +nobody answers at .*: start it \(npm start\), or set HOST and PORT as it has them/,
  )
  await house.end()
})

test('help goes to stdout with 0', async () => {
  const { status, out, err } = await run(['--help'])
  expect([status, err, out[0]]).toEqual([0, [], 'usage: npm run -s gateway -- COMMAND'])
})

test.each([[[]], [['dance']], [['registry']], [['registry', 'export']], [['doctor', 'please']]])(
  '%j is wrong usage: 2, and nothing on stdout',
  async (words) => {
    const { status, out, err } = await run(words)
    expect([status, out, err.length > 0]).toEqual([2, [], true])
  },
)
