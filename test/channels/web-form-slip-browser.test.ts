import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { axe } from '../real/axe.ts'
import { missingChromium, openBrowser, watch } from '../real/chromium.ts'
import { openPdf } from '../slip/print/printed.ts'
import { type FormGateway, startFormGateway } from './web-form-gateway.ts'

let gateway: FormGateway
let opened: Awaited<ReturnType<typeof openBrowser>>

describe.skipIf(missingChromium() !== null)('the slip in Chromium', () => {
  beforeEach(async () => {
    gateway = await startFormGateway()
  })
  afterEach(async () => {
    await opened.close()
    await gateway.close()
  })

  test.each([
    ['ru', { phone: true }],
    ['en', { dark: true }],
  ] as const)('every page of it passes axe (%s)', async (language, wish) => {
    opened = await openBrowser(wish)
    const trouble = watch(opened.browser)
    const page = await opened.browser.newPage()
    await page.goto(`${gateway.url}/pokazaniya?lang=${language}`)
    await page.click('.on-paper a')
    expect(await axe(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await page.click('button.primary')
    expect(await axe(page)).toEqual([])
    expect(await page.title()).toMatch(/^(Ошибка|Error): /)
    expect(await page.evaluate('document.activeElement.id')).toBe('summary')
    await page.fill('#account', '2891652287')
    await page.fill('#meter', '12345')
    await page.click('button.primary')
    expect(await axe(page)).toEqual([])
    await page.click('nav button')
    expect(await page.inputValue('#meter')).toBe('12345')
    expect(await page.getAttribute('html', 'lang')).toBe(language === 'ru' ? 'en' : 'ru')
    expect(new URL(page.url()).pathname).toBe('/pokazaniya/slip')
    expect(trouble).toEqual([])
  })

  test('it comes as a download without JavaScript, and no address holds a number', async () => {
    opened = await openBrowser({ javaScript: false, phone: true })
    const asked: string[] = []
    opened.browser.on('request', (request) => void asked.push(request.url()))
    const page = await opened.browser.newPage()
    await page.goto(`${gateway.url}/pokazaniya/slip`)
    await page.fill('#account', '2880950488')
    await page.fill('#meter', '250592064305057')
    const coming = page.waitForEvent('download')
    await page.click('button.primary')
    const download = await coming
    expect(download.suggestedFilename()).toBe('blank.pdf')
    const document = await openPdf(readFileSync(await download.path()))
    expect(document.getPage(0).getText()).toContain('2880950488-')
    expect(asked.filter((url) => /\d{10}/.test(url))).toEqual([])
  })
})
