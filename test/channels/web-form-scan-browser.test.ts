import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type BrowserWish, missingChromium, openBrowser, watch } from '../real/chromium.ts'
import { filmOf, qrPicture, sheetOf } from './qr-pictures.ts'
import { type FormGateway, startFormGateway } from './web-form-gateway.ts'

const BILL = 'ST00012|PersAcc=2891652287|CounterId=5361493290684'

let gateway: FormGateway
let opened: Awaited<ReturnType<typeof openBrowser>>
let trouble: readonly string[]

/** The form in a browser which counts the cameras that it opened. */
async function open(wish: BrowserWish = {}): Promise<Page> {
  opened = await openBrowser({ phone: true, ...wish })
  trouble = watch(opened.browser)
  const page = await opened.browser.newPage()
  await page.addInitScript(`globalThis.cameras = []; {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (wish) => {
      const camera = await open(wish)
      globalThis.cameras.push(camera)
      return camera
    }
  }`)
  await page.goto(`${gateway.url}/pokazaniya`)
  return page
}

const camerasOn = (page: Page) => page.evaluate('cameras.filter(({ active }) => active).length')
const said = (page: Page) => page.getAttribute('#scan-status', 'data-said')
const focused = (page: Page) => page.evaluate('document.activeElement.id')
const choose = (page: Page, buffer: Buffer) =>
  page.setInputFiles('#scan-photo', { name: 'bill.png', mimeType: 'image/png', buffer })

/** A camera that looks at a code. */
async function cameraAt(text: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'camera-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const camera = join(folder, 'code.y4m')
  writeFileSync(camera, await filmOf(text))
  return camera
}

describe.skipIf(missingChromium() !== null)('the code of a bill in Chromium', () => {
  beforeEach(async () => {
    gateway = await startFormGateway()
  })
  afterEach(async () => {
    expect(trouble).toEqual([])
    await opened.close()
    await gateway.close()
  })

  test('a code without a serial in front of the camera says so, and leads to the field of the serial', async () => {
    const page = await open({ camera: await cameraAt('ST00012|PersAcc=2891652287') })
    await page.click('#scan-camera')
    await expect.poll(() => page.inputValue('#account')).toBe('2891652287')
    await expect.poll(() => camerasOn(page)).toBe(0)
    expect([await said(page), await focused(page)]).toEqual(['doneAccount', 'meter'])
  })

  test('a double click opens one camera, and whoever closes it stands at its button again', async () => {
    const page = await open()
    await page.dblclick('#scan-camera')
    await expect.poll(() => said(page)).toBe('aim')
    expect(await camerasOn(page)).toBe(1)
    await page.click('#scan-stop')
    expect([await camerasOn(page), await said(page), await focused(page)]).toEqual([0, 'closed', 'scan-camera'])
  })

  test('a photo that is chosen while the camera looks closes the camera, and is read', async () => {
    const page = await open()
    await page.click('#scan-camera')
    await expect.poll(() => said(page)).toBe('aim')
    await choose(page, await qrPicture(BILL))
    await expect.poll(() => said(page)).toBe('done')
    expect([await camerasOn(page), await page.inputValue('#account')]).toEqual([0, '2891652287'])
  })

  test.each([
    ['before', ['https://example.com/', BILL]],
    ['behind', [BILL, 'https://example.com/']],
  ])('the code of the bill is found with a foreign one %s it', async (_where, codes) => {
    const page = await open()
    await choose(page, await sheetOf(...codes))
    await expect.poll(() => said(page)).toBe('done')
    expect(await page.inputValue('#account')).toBe('2891652287')
  })

  test('a foreign code alone is told apart from none', async () => {
    const page = await open()
    await choose(page, await sheetOf('https://example.com/'))
    await expect.poll(() => said(page)).toBe('noBill')
  })

  test.each([
    ['the serial', '|LastName=ﾈ籵濵窩CounterId=5361493290684'],
    ['the serial in a replacement', '|LastName=�CounterId=5361493290684'],
  ])("a separator that the browser's own detector lost in a wrong encoding costs nobody %s", async (_what, garbled) => {
    const page = await open()
    await page.evaluate(`globalThis.BarcodeDetector = class {
      static async getSupportedFormats() { return ['qr_code'] }
      async detect() { return [{ rawValue: 'ST00011|PersAcc=2891652287${garbled}' }] }
    }`)
    await choose(page, await sheetOf(BILL))
    await expect.poll(() => said(page)).toBe('done')
    expect(await page.inputValue('#meter')).toBe('5361493290684')
  })

  test("of several codes the browser's own detector finds, the bill's is taken", async () => {
    const page = await open()
    await page.evaluate(`globalThis.BarcodeDetector = class {
      static async getSupportedFormats() { return ['qr_code'] }
      async detect() { return [{ rawValue: 'https://example.com/' }, { rawValue: '${BILL}' }] }
    }`)
    await choose(page, await sheetOf('no bill'))
    await expect.poll(() => said(page)).toBe('done')
  })
})
