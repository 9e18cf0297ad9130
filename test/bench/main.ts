import { parseArgs } from 'node:util'
import { benchRegistry } from './registry.ts'
import { benchRelay } from './relay.ts'
import { benchSms } from './sms.ts'

/** As many accounts as the retailer has. */
const ACCOUNTS = 1_300_000

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const accounts = values.quick ? 20_000 : ACCOUNTS
const benches = {
  sms: () => benchSms({ rounds: values.quick ? 3 : 7, seconds: values.quick ? 2 : 4, accounts }),
  relay: () => benchRelay(values.quick ? 50_000 : 200_000),
  registry: () => benchRegistry(accounts),
}
const names = Object.keys(benches) as (keyof typeof benches)[]
const unknown = positionals.filter((name) => !(names as string[]).includes(name))
if (unknown.length > 0) {
  process.stderr.write(`usage: npm run bench [-- [--json] [--quick] [${names.join('] [')}]]\n`)
  process.exit(2)
}

const figures: Record<string, object> = {}
for (const name of names.filter((one) => positionals.length === 0 || positionals.includes(one))) {
  if (!values.json) process.stdout.write(`${name} …\n`)
  figures[name] = await benches[name]()
  if (!values.json) print(figures[name])
}
if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`)

/** One figure a line, ratios and all, to three digits. */
function print(found: object, indent = '  '): void {
  for (const [name, value] of Object.entries(found)) {
    if (value !== null && typeof value === 'object') {
      process.stdout.write(`${indent}${name}\n`)
      print(value, `${indent}  `)
    } else process.stdout.write(`${indent}${name.padEnd(28 - indent.length)} ${shown(value)}\n`)
  }
}

function shown(value: unknown): string {
  if (typeof value !== 'number') return String(value)
  return Number.isInteger(value) || value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
