import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../../src/cli/commands.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/slips', import.meta.url))

/** What the gateway would know of the meters on the sample scans, as a billing export. */
interface Known {
  readonly account: string
  readonly meter: string
  /** Electricity where nothing is said. */
  readonly service?: string
  readonly registers: readonly { name: string; int: number; dec: number; previous: number; avgMonthly: number }[]
}

const HEADER =
  'branch,account,old_account,unified_account,phone,address,service,meter,meter_status,replaced_by,register,zone,digits,decimals,ratio,last_value,last_date,monthly_usage'
const ZONES = [['TOTAL'], ['DAY', 'NIGHT'], ['PEAK', 'NIGHT', 'HALF_PEAK']]

/** A sample scan. */
export const sample = (name: string): string => join(FIXTURES, name)

/** The meters of the samples. */
function knownMeters(): readonly Known[] {
  return JSON.parse(readFileSync(sample('previous.json'), 'utf8')) as Known[]
}

function exportOf(known: readonly Known[]): string {
  const rows = known.flatMap(({ account, meter, service = 'ELECTRICITY', registers }) =>
    registers.map(({ name, int, dec, previous, avgMonthly }, at) =>
      ['amur', account, '', '', '', '', service, meter, 'ACTIVE', '', name]
        .concat([ZONES[registers.length - 1]?.[at] ?? 'TOTAL', `${int}`, `${dec}`, '1', `${previous}`])
        .concat(['2026-10-22', `${Math.round(avgMonthly)}`])
        .join(','),
    ),
  )
  return `${HEADER}\n${rows.join('\n')}\n`
}

/** A command's end: its status and what it printed. */
export interface Ran {
  readonly status: number
  readonly lines: readonly string[]
  readonly complaints: readonly string[]
}

/** A folder of its own with the registry of the samples, and the operator's commands on it. */
export interface SlipDesk {
  readonly dir: string
  readonly env: Readonly<Record<string, string>>
  run(...words: string[]): Promise<Ran>
  /** Puts a sample, or bytes, into a folder below. */
  put(place: string, content: string | Uint8Array): void
  end(): void
}

const CLOCK = '2026-11-22T03:00:00Z'

/** Opens it, with the meters of the samples or others; slips need no review unless the environment says so. */
export async function openSlipDesk(
  more: Readonly<Record<string, string>> = {},
  known: readonly Known[] = knownMeters(),
): Promise<SlipDesk> {
  const dir = mkdtempSync(join(tmpdir(), 'slips-'))
  const env = { DATA_DIR: join(dir, 'data'), CLOCK, SLIPS_REVIEW_FIRST: '0', SLIPS_AUDIT_SHARE: '0', ...more }
  const desk = deskIn(dir, env)
  writeFileSync(join(dir, 'registry.csv'), exportOf(known))
  const imported = await desk.run('registry', 'import', 'registry.csv')
  if (imported.status !== 0) throw new Error(imported.complaints.join('\n'))
  return desk
}

/** Another desk on which everything lies as on this one: a page takes seconds to read, and is read once for a whole file. */
export function copyOf(desk: SlipDesk): SlipDesk {
  const dir = mkdtempSync(join(tmpdir(), 'slips-'))
  cpSync(desk.dir, dir, { recursive: true })
  return deskIn(dir, { ...desk.env, DATA_DIR: join(dir, 'data') })
}

function deskIn(dir: string, env: SlipDesk['env']): SlipDesk {
  return {
    dir,
    env,
    async run(...words) {
      const [lines, complaints] = [[] as string[], [] as string[]]
      const told = { stdout: (line: string) => lines.push(line), stderr: (line: string) => complaints.push(line) }
      return { status: await runCommand(words, { env, ...told, cwd: dir }), lines, complaints }
    },
    put(place, content) {
      mkdirSync(join(dir, place, '..'), { recursive: true })
      if (typeof content === 'string') copyFileSync(sample(content), join(dir, place))
      else writeFileSync(join(dir, place), content)
    },
    end: () => rmSync(dir, { recursive: true, force: true }),
  }
}
