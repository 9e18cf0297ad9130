import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startDemo } from '../../src/cli/demo/start-demo.ts'
import { axe } from '../real/axe.ts'
import { type BrowserWish, missingChromium, openBrowser, watch } from '../real/chromium.ts'

let dir: string
let demo: Awaited<ReturnType<typeof startDemo>>
let opened: Awaited<ReturnType<typeof openBrowser>>
let trouble: readonly string[]

/** The demonstration in a browser, that customer chosen. */
async function open(customer: string, wish: BrowserWish = {}): Promise<Page> {
  opened = await openBrowser(wish)
  trouble = watch(opened.browser)
  const page = await opened.browser.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(demo.url)
  await page.click(`input[value=${customer}]`)
  return page
}

/** A chat on the page, used by its buttons alone. */
function chatOn(page: Page, messenger: string) {
  const replies = page.locator(`#${messenger}-chat li.theirs`)
  return {
    /** Presses the newest button of that label, and answers the bot's next message. */
    async tap(label: string): Promise<string> {
      const before = await replies.count()
      await page.locator(`.phone.${messenger}`).getByRole('button', { name: label }).last().click()
      await expect.poll(() => replies.count()).toBe(before + 1)
      return (await replies.last().textContent()) ?? ''
    },
    /** What became of the last thing that was done. */
    outcome: () => page.locator(`#${messenger}-chat li:not(.theirs) small`).last().textContent(),
  }
}

const isWithinItsWidth = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth')

describe.skipIf(missingChromium() !== null)('the demonstration in Chromium', () => {
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'demo-'))
    demo = await startDemo({ dir, port: '0', token: 'a'.repeat(48) })
  })
  afterEach(async () => {
    await opened.close()
    await demo.close()
    rmSync(dir, { recursive: true })
  })

  test.each<[string, BrowserWish]>([
    ['viber', {}],
    ['telegram', { phone: true, dark: true }],
  ])('a whole conversation goes by buttons alone: %s', async (messenger, wish) => {
    const page = await open('meters', wish)
    const { tap, outcome } = chatOn(page, messenger)
    expect(await tap('Открыть чат')).toMatch(/^Здравствуйте!/)
    expect(await tap('Передать показание')).toContain('Напишите лицевой счёт, номер счётчика и показание через пробел.')
    if (messenger === 'telegram') {
      expect(await tap('Отправить мой номер телефона')).toContain('поделиться своим номером')
      expect(await tap('Поделиться номером')).toContain('*1268')
    } else expect(await tap('Отправить мой номер телефона')).toContain('*1268')
    expect(await tap('Передать показание')).toContain('По какому счётчику показание?')
    expect(await tap('Свет *3086')).toContain('Счётчик *3086: напишите показание.')
    expect(await tap('6990')).toContain('Принято: *3086 6990')
    await expect.poll(outcome).toBe('accepted')
    expect(await tap('Что я передал')).toContain('*3086')
    expect(await tap('English')).toContain('English')
    expect(await tap('My meters')).toContain('*2545')
    expect(await page.locator('#events li').count()).toBe(1)
    expect(await axe(page)).toEqual([])
    expect(await isWithinItsWidth(page)).toBe(true)
    expect(trouble).toEqual([])
  })

  test.each(['viber', 'telegram'])(
    'a photo of the bill binds a stranger, and a doubt is settled by a button: %s',
    async (messenger) => {
      const page = await open('stranger')
      const { tap, outcome } = chatOn(page, messenger)
      expect(await tap('Открыть чат')).toMatch(/^Здравствуйте!/)
      expect(await tap('Фото QR-кода')).toContain('*2287')
      expect(await tap('29931 44090')).toContain('Принято: *0684')
      await expect.poll(outcome).toBe('accepted')
      await page.click('input[value=one]')
      expect(await page.locator(`#${messenger}-chat li`).count()).toBe(0)
      const other = chatOn(page, messenger)
      await other.tap('Открыть чат')
      await other.tap('Передать показание')
      await other.tap('Отправить мой номер')
      if (messenger === 'telegram') await other.tap('Поделиться номером')
      expect(await other.tap('60900')).toContain('?')
      expect(await other.tap('Да, верно')).toContain('Принято')
      await expect.poll(other.outcome).toContain('CONFIRMED')
      await page.click('input[value=stranger]')
      expect(await page.locator(`#${messenger}-chat li.theirs`).last().textContent()).toContain('*0684')
      expect(trouble).toEqual([])
    },
  )

  test.each<[string, BrowserWish]>([
    ['at a desk', {}],
    ['on a telephone, in the dark', { phone: true, dark: true }],
  ])('a reading is passed in a call, by keys and by word, %s', async (_where, wish) => {
    const page = await open('one', wish)
    const phone = page.locator('.phone.call')
    const heard = page.locator('#call-chat li.theirs')
    const key = (name: string) => phone.getByRole('button', { name, exact: true }).click()
    const next = async (said: RegExp) => expect.poll(() => heard.last().textContent()).toMatch(said)
    await key('5')
    await key('да')
    expect(await page.locator('#call-chat li').allTextContents()).toEqual(['Сначала нажмите «Позвонить»'])
    await key('Позвонить')
    await next(/последние четыре цифры лицевого счёта/)
    for (const digit of '4778') await key(digit)
    await next(/Назовите показание/)
    await key('*')
    await expect.poll(() => heard.count()).toBe(3)
    await page.fill('#call-text', 'пятьдесят восемь тысяч четыреста двенадцать')
    await key('Сказать')
    await next(/5 8, 4 1 2/)
    await phone.getByRole('button', { name: 'да', exact: true }).click()
    await next(/Принято за ноябрь/)
    expect(await page.locator('#call-chat li.mine small').last().textContent()).toBe('accepted')
    await expect.poll(() => page.locator('#events li').count()).toBe(1)
    expect(await page.locator('#call-dial').textContent()).toBe('Позвонить')
    expect(await axe(page)).toEqual([])
    expect(await isWithinItsWidth(page)).toBe(true)
    expect(trouble).toEqual([])
  })

  test('whoever comes to a phone on which nothing was written yet is told how to begin', async () => {
    const page = await open('zones')
    const hint = 'Нажмите готовое сообщение внизу или наберите своё'
    expect(await page.locator('#chat li').allTextContents()).toEqual([hint])
    await page.click('#texts button')
    await expect
      .poll(() => page.locator('#events li b').allTextContents())
      .toEqual([expect.stringContaining('№ 1 · meter-readings · amur/')])
    expect(trouble).toEqual([])
  })

  test('a page that was open before the demonstration is started again shows the new one', async () => {
    const page = await open('one')
    const events = page.locator('#events li')
    await page.click('#texts button')
    await expect.poll(() => events.count()).toBe(1)
    await page.evaluate('globalThis.isOld = true')
    // As the gateway answers while it ends, for as long as that takes.
    const refused = new Set<string>()
    await page.route(/\/demo\/(?:events|lines)/, (route) => {
      refused.add(new URL(route.request().url()).pathname)
      return route.fulfill({ status: 503 })
    })
    await expect.poll(() => refused.size).toBe(2)
    await page.unrouteAll()
    await demo.close()
    const { port } = new URL(demo.url)
    rmSync(dir, { recursive: true })
    dir = mkdtempSync(join(tmpdir(), 'demo-'))
    demo = await startDemo({ dir, port, token: 'a'.repeat(48) })
    await expect.poll(() => page.evaluate('globalThis.isOld').catch(() => true)).toBe(undefined)
    expect(await events.count()).toBe(0)
    await page.click('#texts button')
    await expect.poll(() => events.count()).toBe(1)
  })

  test('a page that nobody sees keeps no line to the server, and misses nothing', async () => {
    const page = await open('one')
    const events = page.locator('#events li')
    const see = (hidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))`)
    await page.click('#texts button')
    await expect.poll(() => events.count()).toBe(1)
    const streams: string[] = []
    await see(true)
    page.on('request', (request) => void (request.url().includes('/demo/events') && streams.push(request.url())))
    await page.click('#texts button:nth-child(2)')
    await expect.poll(() => page.locator('#chat li.theirs').count()).toBe(2)
    expect([await events.count(), streams]).toEqual([1, []])
    await see(false)
    await expect.poll(() => events.count()).toBe(2)
    expect(trouble).toEqual([])
  })

  test('the link on the bill opens a chat that knows account and meter', async () => {
    const page = await open('stranger')
    expect(await chatOn(page, 'viber').tap('Открыть по ссылке')).toContain('*0684')
    expect(await chatOn(page, 'telegram').tap('Открыть по ссылке')).toContain('*0684')
    expect(trouble).toEqual([])
  })
})
