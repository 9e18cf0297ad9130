import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { afterAll } from 'vitest'

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Why there is no browser to test in, or null. Where CI is set, a missing browser is a failure, not a reason to skip. */
export function missingChromium(): string | null {
  if (existsSync(EXECUTABLE)) return null
  const why = `no Chromium at ${EXECUTABLE}; install it or set CHROMIUM`
  if (process.env['CI']) throw new Error(why)
  process.stderr.write(`browser tests skipped: ${why}\n`)
  return why
}

/** How a browser is opened. */
export interface BrowserWish {
  readonly javaScript?: boolean
  readonly phone?: boolean
  readonly dark?: boolean
  /** A Y4M file that the camera shows; absent: a test picture without a code. */
  readonly camera?: string
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]

const launch = (...more: string[]) =>
  chromium.launch({ executablePath: EXECUTABLE, headless: true, args: [...ARGS, ...more] })

/** One process for all tests of a file that need no camera of their own: to start one takes seconds. */
let shared: Browser | undefined
afterAll(() => shared?.close())

async function sharedBrowser(): Promise<Browser> {
  shared ??= await launch()
  return shared
}

/** A browser with an empty profile that talks to nobody by itself. */
export async function openBrowser({ javaScript = true, phone = false, dark = false, camera }: BrowserWish = {}) {
  const filmed = camera === undefined ? undefined : await launch(`--use-file-for-fake-video-capture=${camera}`)
  const browser = await (filmed ?? (await sharedBrowser())).newContext({
    javaScriptEnabled: javaScript,
    colorScheme: dark ? 'dark' : 'light',
    locale: 'ru-RU',
    viewport: phone ? { width: 360, height: 740 } : { width: 1_280, height: 860 },
    deviceScaleFactor: 1,
    permissions: ['camera'],
  })
  const close = async () => {
    await browser.close()
    await filmed?.close()
  }
  return { browser, close }
}

/** Everything that must not happen on a page: foreign addresses, policy violations, errors of scripts. */
export function watch(browser: BrowserContext): readonly string[] {
  const seen: string[] = []
  browser.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (hostname !== '127.0.0.1' && protocol !== 'blob:' && protocol !== 'data:') seen.push(`asked ${request.url()}`)
  })
  browser.on('console', (line) => {
    if (line.type() === 'error' && !/status of (4|5)\d\d/.test(line.text())) seen.push(line.text())
  })
  browser.on('weberror', (error) => seen.push(String(error.error())))
  return seen
}
