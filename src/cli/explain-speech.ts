import { parseArgs } from 'node:util'
import { z } from 'zod'
import { hear } from '../language/speech/hear.ts'
import type { CliContext } from './context.ts'
import { answerLines } from './stdin-lines.ts'

/** Bounds are those of the registry's dials; a pattern is one that a branch could have. */
const Wanted = z.discriminatedUnion(
  'as',
  [
    z.object({ as: z.literal('value'), digits: count(1, 12), decimals: count(0, 6).default(0) }),
    z.object({ as: z.literal('account'), pattern: z.string({ error: 'must be given with it' }).superRefine(pattern) }),
  ],
  { error: 'must be value or account' },
)

const StdinLine = z.intersection(Wanted, z.object({ heard: z.string({ error: 'is missing' }) }))
type StdinLine = z.infer<typeof StdinLine>

const LINES = {
  schema: StdinLine,
  answer: explained,
  looks: '{"heard":"…","as":"value","digits":5} or {"heard":"…","as":"account","pattern":"…"}',
  error: 'NOT_SPEECH',
} as const

/**
 * `explain speech --as … TEXT`, `explain speech -`: every number that a caller may have meant, and the wish where there is
 * none; stores nothing. `-` reads `{"heard","as","digits","decimals"?}` and `{"heard","as","pattern"}` lines. Prints
 * `{"candidates","intent"}`, one JSON object each. Exit status 0; 1 (a line is none of these); 2 (wrong usage).
 */
export async function explainSpeech(args: readonly string[], context: CliContext): Promise<number> {
  const asked = readAsked(args)
  if (asked === null) return 2
  if (asked === '-') return answerLines(context, LINES)
  if ('wrong' in asked) {
    for (const sentence of asked.wrong) context.stderr(sentence)
    return 2
  }
  context.stdout(explained(asked))
  return 0
}

/** What is asked, or what is wrong with it; null: options that there are not, or too many words. */
function readAsked(args: readonly string[]): StdinLine | '-' | { readonly wrong: readonly string[] } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        as: { type: 'string' },
        digits: { type: 'string' },
        decimals: { type: 'string' },
        pattern: { type: 'string' },
      },
      allowPositionals: true,
      strict: true,
    })
    const { as, pattern } = values
    const [heard, ...more] = positionals
    if (more.length > 0) return null
    if (heard === '-') return '-'
    const [digits, decimals] = [countIn(values.digits), countIn(values.decimals)]
    const { data, error } = StdinLine.safeParse({ heard, as, pattern: patternIn(pattern), digits, decimals })
    return data ?? { wrong: error.issues.map(({ path: [name], message }) => `${OPTIONS[String(name)]} ${message}`) }
  } catch {
    return null
  }
}

/** How what a sentence speaks of is called on the command line. */
const OPTIONS: Readonly<Record<string, string>> = {
  as: '--as',
  digits: '--digits',
  decimals: '--decimals',
  pattern: '--pattern',
  heard: 'TEXT',
}

/** A pattern may be copied as it stands in JSON, its backslashes doubled: no account holds one. */
function patternIn(given: string | undefined): string | undefined {
  return given?.replaceAll('\\\\', '\\')
}

/** Undefined where nothing was given, NaN where it is no whole number. */
function countIn(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  return /^\d{1,2}$/.test(given) ? Number(given) : Number.NaN
}

function count(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`
  return z.int({ error }).min(min, { error }).max(max, { error })
}

/** The engine's own sentence says where a pattern ends too early, or what it does not know. */
function pattern(text: string, { addIssue }: z.RefinementCtx): void {
  try {
    if (text === '') addIssue('must not be empty')
    new RegExp(text, 'u')
  } catch (error) {
    addIssue(`is no pattern: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function explained({ heard, ...wanted }: StdinLine): string {
  const { candidates, intent } = hear(heard, wanted)
  return JSON.stringify({ candidates, intent })
}
