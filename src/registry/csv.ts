import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { frameRecords, type TakeRow } from './csv-records.ts'
import type { Problems } from './problems.ts'

/** A row of the sample has some 200 bytes; what is longer is no line of a registry. */
const LINE_BYTES_MAX = 65_536
const NEWLINE = 0x0a

/**
 * Reads CSV (RFC 4180, UTF-8, BOM tolerated) as it comes, calling `take` for each row, and returns the SHA-256 of its
 * bytes. Lines that are no CSV, no UTF-8 or too long go to `problems`, and the reading goes on with the next line.
 */
export async function readCsv(
  bytes: AsyncIterable<Buffer>,
  take: TakeRow,
  problems: Pick<Problems, 'add'>,
): Promise<string> {
  const hash = createHash('sha256')
  const records = frameRecords(take, problems)
  let rest: Buffer = Buffer.alloc(0)
  let next = 1
  for await (const chunk of bytes) {
    hash.update(chunk)
    const end = chunk.lastIndexOf(NEWLINE) + 1
    if (end === 0) rest = startOf(Buffer.concat([rest, chunk]))
    else {
      next = takeLines(Buffer.concat([rest, chunk.subarray(0, end - 1)]), next, { records, problems })
      rest = Buffer.from(chunk.subarray(end))
    }
  }
  if (rest.length > 0) takeLines(rest, next, { records, problems })
  records.end()
  return hash.digest('hex')
}

/** Of a line that is too long no more than shows it: one that never ends must not fill memory. */
function startOf(line: Buffer): Buffer {
  return line.length > LINE_BYTES_MAX ? Buffer.from(line.subarray(0, LINE_BYTES_MAX + 1)) : line
}

interface Sink {
  readonly records: ReturnType<typeof frameRecords>
  readonly problems: Pick<Problems, 'add'>
}

/** Passes on the block's lines, the first of which has the number `first`; returns the number of the line after them. */
function takeLines(block: Buffer, first: number, { records, problems }: Sink): number {
  const text = block.toString('utf8')
  const foreign = isUtf8(block) ? NONE : foreignLines(block, first)
  let line = first
  for (const content of (first === 1 ? text.replace(/^\ufeff/, '') : text).split('\n')) {
    if (foreign.has(line)) problems.add(line, null, 'is not UTF-8')
    const isBad = isTooLong(content)
    if (isBad) problems.add(line, null, `is longer than ${LINE_BYTES_MAX} bytes`)
    records.line(isBad ? '' : content.endsWith('\r') ? content.slice(0, -1) : content, line)
    line++
  }
  return line
}

/** A unit of a string takes three bytes at most. */
function isTooLong(content: string): boolean {
  return content.length > LINE_BYTES_MAX / 3 && Buffer.byteLength(content) > LINE_BYTES_MAX
}

const NONE: ReadonlySet<number> = new Set()

/** The lines that are not UTF-8: a file in Windows-1251 looks right to everything but this. */
function foreignLines(block: Buffer, first: number): ReadonlySet<number> {
  const lines = new Set<number>()
  let line = first
  for (let start = 0; start <= block.length; line++) {
    const newline = block.indexOf(NEWLINE, start)
    const end = newline < 0 ? block.length : newline
    if (end - start <= LINE_BYTES_MAX && !isUtf8(block.subarray(start, end))) lines.add(line)
    start = end + 1
  }
  return lines
}
