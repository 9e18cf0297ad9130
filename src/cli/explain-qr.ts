import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { billEnv, billUrlsOf } from '../channel/shared-variables.ts'
import { nonEmpty } from '../environment.ts'
import { type BillUrls, billAmong, readBillQr } from '../language/bill-qr.ts'
import { codesInPicture, isPicture } from '../slip/qr-picture.ts'
import type { CliContext } from './context.ts'
import { answerLines } from './stdin-lines.ts'

const StdinLine = z.object({ bytes_base64: z.base64() })
type StdinLine = z.infer<typeof StdinLine>

/**
 * `explain qr FILE`, `explain qr -`: how a bill's QR code would be understood; stores nothing, fetches nothing.
 * FILE is a picture (PNG, JPEG) with codes in it, of which the bill's is taken, or a code's bytes; `-` reads `{"bytes_base64"}` lines.
 * Exit status 0, 1 (not readable, or a variable is wrong), 2 (wrong usage). Prints `{"account","meter"}` or `{"error"}`, one JSON object a code; a picture without a code is `NOT_A_BILL`.
 */
export async function explainQr(args: readonly string[], context: CliContext): Promise<number> {
  const [file, ...more] = args
  if (file === undefined || more.length > 0 || (file.startsWith('-') && file !== '-')) return 2
  const variables = z.object(billEnv).safeParse(nonEmpty(context.env))
  if (!variables.success) {
    for (const { path, message } of variables.error.issues) context.stderr(`${String(path[0])} ${message}`)
    return 1
  }
  const urls = billUrlsOf(variables.data)
  if (file !== '-') return explainFile(resolve(context.cwd, file), context, urls)
  const answer = (line: StdinLine) => JSON.stringify(readBillQr(Buffer.from(line.bytes_base64, 'base64'), urls))
  return answerLines(context, { schema: StdinLine, answer, looks: '{"bytes_base64":"…"}', error: 'NOT_A_BILL' })
}

async function explainFile(file: string, context: CliContext, urls: BillUrls): Promise<number> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch {
    context.stderr(`cannot read ${file}`)
    return 1
  }
  const bill = billAmong(isPicture(bytes) ? await codesInPicture(bytes) : [bytes], urls)
  if (bill === null) context.stderr('no QR code found in the picture')
  context.stdout(JSON.stringify(bill ?? { error: 'NOT_A_BILL' }))
  return bill === null ? 1 : 0
}
