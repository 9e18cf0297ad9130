import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import { readConfig } from '../../src/config.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { openLog } from '../../src/log.ts'
import { thisMachine } from '../../src/machine.ts'
import { copyOf, openSlipDesk, type SlipDesk, sample } from '../slip-desk/desk.ts'

const TOKEN = 'token-of-the-provider'

let scanned: SlipDesk
beforeAll(async () => {
  scanned = await openSlipDesk({ SLIPS_REVIEW_FIRST: '500', PORT: '0', SMS_HTTP_TOKEN: TOKEN })
  await scanned.run('slips', 'scan', sample('b16_002.jpg'), '--collected', '2026-11-21T03:00:00Z')
})
afterAll(() => scanned.end())

let desk: SlipDesk
let gateway: Gateway
beforeEach(async () => {
  desk = copyOf(scanned)
  const read = readConfig(desk.env)
  if ('problems' in read) throw new Error(read.problems.map(({ variable }) => variable).join())
  gateway = await startGateway(read.config, { log: openLog('silent'), machine: thisMachine })
})
afterEach(async () => {
  await gateway.close()
  desk.end()
})

/** A clerk at a terminal, beside others. */
function clerk() {
  const shown: string[] = []
  const stdin = new PassThrough()
  const told = { stdout: (line: string) => shown.push(line), stderr: (line: string) => shown.push(line) }
  const status = runCommand(['slips', 'review'], { env: desk.env, cwd: desk.dir, stdin, ...told })
  status.catch(() => undefined)
  return {
    status,
    type: (line: string) => void stdin.write(`${line}\n`),
    async sees(text: string) {
      while (!shown.join('\n').includes(text)) await sleep(20)
    },
  }
}

const SETTLED = 'somebody else has settled it meanwhile: shall yours count instead?'
const readings = async () =>
  (await desk.run('events')).lines.flatMap((line) => {
    const { registers = null } = JSON.parse(line).data as { registers?: { value: string }[] }
    return registers === null ? [] : [registers.map(({ value }) => value).join(' ')]
  })

test('who decides on a slip that another clerk has settled meanwhile is asked whose word counts', async () => {
  const [one, other, third] = [clerk(), clerk(), clerk()]
  for (const each of [one, other, third]) await each.sees('Slip 1 ')
  one.type('1768 1895')
  await one.sees('accepted')
  other.type('1768 1896')
  await other.sees(SETTLED)
  other.type('no')
  await other.sees('No slip waits')
  expect(await readings()).toEqual(['1768 1895'])
  third.type('1768 1896')
  await third.sees(SETTLED)
  third.type('yes')
  await third.sees('accepted')
  expect(await readings()).toEqual(['1768 1895', '1768 1896'])
  for (const each of [one, other, third]) each.type('')
  expect(await Promise.all([one.status, other.status, third.status])).toEqual([0, 0, 0])
})

test('of clerks who differ the last one’s word counts, also where another said the same before', async () => {
  const clerks = [clerk(), clerk(), clerk(), clerk()]
  for (const each of clerks) await each.sees('Slip 1 ')
  for (const [at, each] of clerks.entries()) {
    each.type(at % 2 === 0 ? '1768 1895' : '1768 1896')
    if (at > 0) {
      await each.sees(SETTLED)
      each.type('yes')
    }
    await each.sees('accepted')
  }
  expect(await readings()).toEqual(['1768 1895', '1768 1896', '1768 1895', '1768 1896'])
  for (const each of clerks) each.type('')
  expect(await Promise.all(clerks.map(({ status }) => status))).toEqual([0, 0, 0, 0])
})

test.each([
  ['yes', 'accepted', ['1769 1896', '1768 1895']],
  ['no', 'rejected;code=SUPERSEDED', ['1769 1896']],
])(
  'whether an older slip takes the place of what the customer said since is for the clerk to say: %s',
  async (said, becomes, stand) => {
    await fetch(`${gateway.url}/channels/sms/http`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id: '1', from: '+79990000000', to: '+1', text: '5051252488 019745312511 1769 1896' }),
    })
    const one = clerk()
    await one.sees('Slip 1 ')
    one.type('')
    await one.sees('the customer gave another reading of this meter after this slip')
    one.type('not yet')
    one.type('')
    one.type(said)
    await one.sees(`  ${becomes}`)
    one.type('')
    expect(await one.status).toBe(0)
    expect(await readings()).toEqual(stand)
    expect(await gateway.store.slipCounts()).toMatchObject({ waiting: 0, reviewed: 1 })
  },
)

test('who reviews while the gateway is stopped is told so', async () => {
  const one = clerk()
  await one.sees('Slip 1 ')
  await gateway.close()
  one.type('1768 1895')
  await expect(one.status).rejects.toThrow('the gateway does not answer any more: see that it runs')
})
