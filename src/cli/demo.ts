import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemo } from './demo/start-demo.ts'

const dir = mkdtempSync(join(tmpdir(), 'meter-reading-gateway-demo-'))
process.on('exit', () => rmSync(dir, { recursive: true, force: true }))

const { url, close } = await startDemo({
  dir,
  port: process.env['PORT'] ?? '8080',
  token: randomBytes(24).toString('hex'),
}).catch((error: unknown) => {
  process.stderr.write(`The demonstration does not start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})

process.stdout.write(`
  Meter-reading gateway, demonstration
  Шлюз показаний, демонстрация

  Open / откройте            ${url}/
  The web form / веб-форма   ${url}/pokazaniya

  1. On the page choose a customer and press a suggested text, or type one:
       58410                              a reading from a known phone
       2880950488 56311                   account and reading from an unknown one
  2. In the form type account 2891652287, meter 5361493290684, T1 29931, T2 44090.
  3. In the Viber and Telegram chats press the buttons; the photo of the bill binds its account.
  4. Call: press the keys, or type what you would say.
  5. Watch the events on the right: what billing gets on Kafka.

  The clock stands at 22 November 2026, inside the window. Nothing leaves this machine.
  Ctrl+C ends it and removes what it stored.
`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void close().finally(() => process.exit(0)))
}
