/** Two numbers that are told as one thing, and so are no readings of two registers. Pure. */

/** «56311 или 56312». */
const OR = /^,? {1,2}(?:или|либо|ili|or) {1,2}$/
/** «с 55959 по 56311»: what stands between them, and before the first. */
const UNTIL = /^ {1,2}(?:по|до|po|do|to) {1,2}$/
const FROM = /(?<!\p{L})(?:со?|от|s|ot|from) {1,2}\d[\d ]{0,10}(?:[.,]\d{1,3})?$/u
const FROM_LETTERS = 24
const BETWEEN_LETTERS = 9

/** Whether the number that begins at `start` is told in one with the number that ends at `lastEnd`; -1: there is none. */
export function isToldWithLast(text: string, lastEnd: number, start: number): boolean {
  if (lastEnd < 0 || start - lastEnd > BETWEEN_LETTERS) return false
  const between = text.slice(lastEnd, start)
  if (OR.test(between)) return true
  return UNTIL.test(between) && FROM.test(text.slice(Math.max(0, lastEnd - FROM_LETTERS), lastEnd))
}
