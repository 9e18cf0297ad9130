import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { type Language, languages } from '../../src/core/delivery.ts'
import { wasmOf } from '../../src/slip/zxing-files.ts'
import { axe } from '../real/axe.ts'
import { type BrowserWish, missingChromium, openBrowser, watch } from '../real/chromium.ts'
import { filmOf } from './qr-pictures.ts'
import { events, type FormGateway, startFormGateway } from './web-form-gateway.ts'

const billText = 'Name=АО|PersonalAcc=40702810600000012345|BankName=Банк|BIC=040813999|CorrespAcc=3|'

let gateway: FormGateway
let opened: Awaited<ReturnType<typeof openBrowser>>
let trouble: readonly string[]

async function open(wish: BrowserWish): Promise<Page> {
  opened = await openBrowser(wish)
  trouble = watch(opened.browser)
  return opened.browser.newPage()
}

/** The picture of a QR code as a PNG file to choose. */
async function photoOf(bytes: Uint8Array) {
  const { image } = await writeBarcode(bytes, { format: 'QRCode', scale: 4 })
  return { name: 'bill.png', mimeType: 'image/png', buffer: Buffer.from(await (image as Blob).arrayBuffer()) }
}

/** The account comes into its field within a few seconds. */
async function fills(page: Page, account: string): Promise<void> {
  await expect.poll(() => page.inputValue('#account')).toBe(account)
}

/** From the first page over every mistake and question to the result; `looked` comes at each of the 8 pages. */
async function walk(page: Page, language: Language, looked: () => Promise<void>): Promise<void> {
  await page.goto(`${gateway.url}/pokazaniya?lang=${language}`)
  await looked()
  await page.click('#next')
  await looked()
  expect(await page.title()).toMatch(/^(Ошибка|Error): /)
  expect(await page.evaluate('document.activeElement.id')).toBe('summary')
  await page.fill('#account', '2891652287')
  await page.fill('#meter', '12345')
  await page.click('#next')
  await looked()
  await page.fill('#meter', '5361493290684')
  await page.click('#next')
  await looked()
  await page.fill('#T1', '33000')
  await page.click('button.primary')
  await looked()
  expect(await page.getAttribute('#T2', 'aria-describedby')).toBe('T2-error')
  await page.fill('#T2', '44090')
  await page.click('button.primary')
  await looked()
  await page.click('button.primary')
  await page.waitForURL('**/result?**')
  await looked()
  await page.reload()
  await page.click('nav a')
  expect(await page.getAttribute('html', 'lang')).toBe(language === 'ru' ? 'en' : 'ru')
  await looked()
  expect(await events(gateway)).toHaveLength(1)
}

describe.skipIf(missingChromium() !== null)('the form in Chromium', () => {
  beforeAll(() => prepareZXingModule({ overrides: { wasmBinary: wasmOf('writer') } }))
  beforeEach(async () => {
    gateway = await startFormGateway()
  })
  afterEach(async () => {
    await opened.close()
    await gateway.close()
  })
  test.each([
    ['with JavaScript, light, on a phone', { phone: true }, 'ru'],
    ['with scripts that never come, dark, on a phone', { phone: true, dark: true, blocked: true }, 'en'],
    ['with scripts that never come, light, on a desk', { blocked: true }, 'ru'],
    ['with JavaScript, dark, on a desk', { dark: true }, 'en'],
  ] as const)('every page passes axe %s', async (_how, wish, language) => {
    const page = await open(wish as BrowserWish)
    if ('blocked' in wish)
      await page.route('**/*.ts', (route) => route.fulfill({ body: '', contentType: 'text/javascript' }))
    const found: string[][] = []
    await walk(page, language, async () => void found.push(await axe(page)))
    expect(found).toEqual(Array(8).fill([]))
    expect(trouble).toEqual([])
  })

  test.each(languages)('the whole way goes without JavaScript (%s)', async (language) => {
    const page = await open({ javaScript: false, phone: true })
    await walk(page, language, async () => expect(await page.isVisible('#scan')).toBe(false))
    expect(trouble).toEqual([])
  })

  test('nothing is wider than a small phone', async () => {
    const page = await open({ phone: true })
    for (const path of ['/pokazaniya', '/pokazaniya?lang=en', '/pokazaniya/result']) {
      await page.goto(gateway.url + path)
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    }
  })

  test.each([320, 195, 160])(
    'no page is wider than %i pixels: a small phone, and letters of twice the size',
    async (width) => {
      const page = await open({ phone: true })
      await page.setViewportSize({ width, height: 600 })
      const wide: unknown[] = []
      await walk(page, 'ru', async () => void wide.push(await page.evaluate('document.documentElement.scrollWidth')))
      expect(wide).toEqual(Array(8).fill(width))
    },
  )

  test('the way to another meter begins where its line does, where it has no room behind the meter', async () => {
    const page = await open({ phone: true })
    await page.setViewportSize({ width: 300, height: 600 })
    await page.goto(`${gateway.url}/pokazaniya`)
    await page.fill('#account', '2880950488')
    await page.fill('#meter', '5057')
    await page.click('#next')
    const boxOf = (place: string) => page.locator(place).boundingBox()
    const [line, way] = [await boxOf('.meter-name'), await boxOf('.meter-name a')]
    expect([way?.x, (way?.y ?? 0) > (line?.y ?? 0) + 10]).toEqual([line?.x, true])
  })

  test.each([
    ['UTF-8', new TextEncoder().encode(`ST00012|${billText}PersAcc=2891652287|CounterId=5361493290684`), '2891652287'],
    [
      'KOI8-R',
      Uint8Array.from([
        ...Buffer.from('ST00013|CounterId=5361493290684|PersAcc='),
        0xe7,
        0xe7,
        ...Buffer.from('458560'),
      ]),
      'ГГ458560',
    ],
    ['an address', new TextEncoder().encode('https://pay.dvec.ru/?ls=2891652287'), '2891652287'],
  ])('a photo of a code in %s fills in the fields', async (_what, bytes, account) => {
    const page = await open({ phone: true })
    await page.goto(`${gateway.url}/pokazaniya`)
    await page.setInputFiles('#scan-photo', await photoOf(bytes))
    await fills(page, account)
    expect(await page.inputValue('#meter')).toBe(bytes.length < 40 ? '' : '5361493290684')
    expect(await page.textContent('#scan-status')).not.toBe('')
    expect(await axe(page)).toEqual([])
    expect(trouble).toEqual([])
  })

  test("the browser's own detector is asked first, and a text that came out garbled is read again from the bytes", async () => {
    const page = await open({})
    const texts = ['ST00012|PersAcc=2891652287|CounterId=5361493290684', 'ST00013|PersAcc=��458560']
    await page.addInitScript(`globalThis.BarcodeDetector = class {
      static async getSupportedFormats() { return ['qr_code'] }
      async detect() { return [{ rawValue: ${JSON.stringify(texts)}[globalThis.asked++ || 0] }] }
    }; globalThis.asked = 0`)
    await page.goto(`${gateway.url}/pokazaniya`)
    const koi8 = Uint8Array.from([...Buffer.from('ST00013|PersAcc='), 0xe7, 0xe7, ...Buffer.from('458560')])
    await page.setInputFiles('#scan-photo', await photoOf(koi8))
    await fills(page, '2891652287')
    await page.setInputFiles('#scan-photo', await photoOf(koi8))
    await fills(page, 'ГГ458560')
    expect(trouble).toEqual([])
  })

  test('a picture without a code says so, and the camera opens and closes', async () => {
    const page = await open({ phone: true })
    await page.goto(`${gateway.url}/pokazaniya`)
    const picture = await page.screenshot()
    await page.setInputFiles('#scan-photo', { name: 'none.png', mimeType: 'image/png', buffer: picture })
    await page.waitForSelector('#scan-status[data-said="noCode"]')
    await page.click('#scan-camera')
    await page.waitForSelector('#scan-status[data-said="aim"]')
    expect(await axe(page)).toEqual([])
    await page.click('#scan-stop')
    await page.waitForSelector('#scan-status[data-said="closed"]')
    expect(trouble).toEqual([])
  })

  test('a code in front of the camera fills in the fields and closes the camera', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'camera-'))
    const camera = join(folder, 'code.y4m')
    writeFileSync(camera, await filmOf(`ST00012|${billText}PersAcc=2891652287|CounterId=5361493290684`))
    const page = await open({ phone: true, camera })
    await page.goto(`${gateway.url}/pokazaniya`)
    await page.click('#scan-camera')
    await fills(page, '2891652287')
    expect(await page.inputValue('#meter')).toBe('5361493290684')
    await expect.poll(() => page.isVisible('#scan-view')).toBe(false)
    expect(await page.evaluate('document.activeElement.id')).toBe('next')
    expect(trouble).toEqual([])
    rmSync(folder, { recursive: true })
  })

  test.each([true, false])(
    'going back from a question leads to the page before, and forward again (JavaScript: %s)',
    async (javaScript) => {
      const page = await open({ javaScript })
      const shows = (heading: string) => expect.poll(() => page.textContent('h1')).toBe(heading)
      await page.goto(`${gateway.url}/pokazaniya`)
      await page.fill('#account', '2880950488')
      await page.fill('#meter', '250592064305057')
      await page.click('#next')
      await page.fill('#T1', '57900')
      await page.click('button.primary')
      await shows('Всё верно?')
      await page.goBack()
      await shows('Введите показания')
      await page.goForward()
      await shows('Всё верно?')
      await page.goBack()
      await shows('Введите показания')
      await page.fill('#T1', '56311')
      await page.click('button.primary')
      await page.waitForURL('**/result?**')
      expect(await events(gateway)).toHaveLength(1)
    },
  )

  test('a double click on the button makes one submission', async () => {
    const page = await open({})
    await page.goto(`${gateway.url}/pokazaniya`)
    await page.fill('#account', '2880950488')
    await page.fill('#meter', '250592064305057')
    await page.click('#next')
    await page.fill('#T1', '56311')
    await page.dblclick('button.primary')
    // The second click gives up the page that the first one asked for, which to a wait for a page would be a failure.
    await expect.poll(() => page.url(), { timeout: 20_000 }).toContain('/result?')
    expect(await page.textContent('h1')).toBe('Показания приняты')
    expect(await events(gateway)).toHaveLength(1)
  })
})
