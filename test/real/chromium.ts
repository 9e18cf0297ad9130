import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'

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

/** A browser with an empty profile that talks to nobody by itself. */
export async function openBrowser({ javaScript = true, phone = false, dark = false, camera }: BrowserWish = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    headless: true,
    javaScriptEnabled: javaScript,
    colorScheme: dark ? 'dark' : 'light',
    locale: 'ru-RU',
    viewport: phone ? { width: 360, height: 740 } : { width: 1_280, height: 860 },
    deviceScaleFactor: 1,
    permissions: ['camera'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...(camera === undefined ? [] : [`--use-file-for-fake-video-capture=${camera}`]),
    ],
  })
  const close = async () => {
    await browser.close()
    await rm(profile, { recursive: true, force: true })
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
