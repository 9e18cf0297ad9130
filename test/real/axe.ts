import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds on the page once it and its styles are loaded and painted: each broken rule with the elements that break
 * it. It is evaluated from outside the page, which its policy does not concern.
 */
export async function axe(page: Page): Promise<string[]> {
  await page.waitForLoadState()
  await page.evaluate('new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))')
  await page.evaluate(source)
  const found = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join(" ")))',
  )
  return found as string[]
}
