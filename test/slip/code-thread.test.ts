import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { createCodeThread } from '../../src/slip/code-thread.ts'
import { codeAsPicture } from '../../src/slip/qr-writer.ts'
import { inflating, passes, squares } from './picture-bombs.ts'

const BILL = 'ST00012|Name=X|PersAcc=2880950488'
const READ_MS = 5_000

describe('a picture of a stranger', () => {
  const thread = createCodeThread({ readMs: READ_MS, waitMs: 1_000 })
  afterAll(() => thread.close())

  test('is read for its code', async () => {
    expect(Buffer.from((await thread.codesIn(await codeAsPicture(BILL)))[0] ?? []).toString()).toBe(BILL)
    expect(
      await thread.codesIn(
        await sharp({ create: { width: 64, height: 64, channels: 3, background: '#fff' } })
          .png()
          .toBuffer(),
      ),
    ).toEqual([])
    expect(await thread.codesIn(Buffer.from('no picture'))).toEqual([])
  })

  test.each([
    ['decodes for minutes', () => passes(8_000, 5_000, 20_000)],
    ['is searched for minutes', () => squares(3_000)],
  ])('that %s is given up, holds up nobody, and the next is read', async (_why, bomb) => {
    const picture = await bomb()
    expect(picture.length).toBeLessThan(500_000)
    let longest = 0
    let last = performance.now()
    const tick = () => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }
    const ticks = setInterval(tick, 20)
    expect(await thread.codesIn(picture)).toEqual([])
    // What held up the ticks to the very end counts too.
    tick()
    clearInterval(ticks)
    expect(longest).toBeLessThan(READ_MS / 2)
    expect(Buffer.from((await thread.codesIn(await codeAsPicture(BILL)))[0] ?? []).toString()).toBe(BILL)
  })

  test('that comes while another is read for long does not wait for ever', async () => {
    const first = thread.codesIn(await squares(3_000))
    expect(await thread.codesIn(await codeAsPicture(BILL))).toEqual([])
    expect(await first).toEqual([])
    expect(await thread.codesIn(await codeAsPicture(BILL))).toHaveLength(1)
  })

  test('that inflates without end is given up by its memory, and the next is read', async () => {
    const patient = createCodeThread({ readMs: 40_000 })
    const before = process.memoryUsage.rss()
    let most = 0
    const looks = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss())
    }, 20)
    const startedMs = performance.now()
    expect(await patient.codesIn(inflating(4e9))).toEqual([])
    clearInterval(looks)
    expect(performance.now() - startedMs).toBeLessThan(30_000)
    expect(most - before).toBeLessThan(1.2e9)
    expect(Buffer.from((await patient.codesIn(await codeAsPicture(BILL)))[0] ?? []).toString()).toBe(BILL)
    await patient.close()
  })
})
