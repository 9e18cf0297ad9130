import type { z } from 'zod'
import type { CliContext } from './context.ts'

/** How a command answers what is piped in, one JSON object a line. */
export interface LineAnswers<Asked> {
  readonly schema: z.ZodType<Asked>
  readonly answer: (asked: Asked) => string | Promise<string>
  /** What a line looks like, for who wrote another. */
  readonly looks: string
  /** The code that such a line is answered with. */
  readonly error: string
}

/** Answers each line of stdin, in its place. Exit status 0; 1 where a line is none: stderr names it by its number. */
export async function answerLines<Asked>(context: CliContext, lines: LineAnswers<Asked>): Promise<number> {
  let status = 0
  let number = 0
  for await (const line of linesOf(context.stdin ?? process.stdin)) {
    number++
    if (line.trim() === '') continue
    const asked = askedIn(line, lines.schema)
    if (asked === null) {
      context.stderr(`line ${number} is not ${lines.looks}`)
      status = 1
    }
    context.stdout(asked === null ? JSON.stringify({ error: lines.error }) : await lines.answer(asked))
  }
  return status
}

/** JSON Lines end with a line feed and nothing else: a text may hold any other character that ends a line (U+2028). */
async function* linesOf(input: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  // Pieces of one line, joined once: a line of many megabytes would else be copied for each of its chunks.
  let pieces: string[] = []
  for await (const chunk of input) {
    const lines = (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })).split('\n')
    const last = lines.pop() ?? ''
    for (const line of lines) {
      yield [...pieces, line].join('')
      pieces = []
    }
    pieces.push(last)
  }
  yield [...pieces, decoder.decode()].join('')
}

function askedIn<Asked>(line: string, schema: z.ZodType<Asked>): Asked | null {
  try {
    // Spreadsheets and editors put a mark before the first character of a file.
    return schema.safeParse(JSON.parse(line.replace(/^\ufeff/, ''))).data ?? null
  } catch {
    return null
  }
}
