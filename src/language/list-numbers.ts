/** Lines and items that a text numbers itself. Pure. */

/** «1. 2880950488 56311», «3; 2839796712; 50120», «2 Петров …» at the beginning of a line. */
const OF_LINE =
  /(?<=^|\n) ?([1-9]\d?)(?:\. {0,3}(?=\p{L}|\d{4})|; ?(?=[\p{L}\d])|(?:[,:/-] {0,3}| {1,3})(?=\d{8}|\p{L}{2}))/u
/** «2. Петров …» within a line: before an account, a serial or a word only. */
const WITHIN_LINE = /(?<=[^\p{L}\s] )([1-9]\d?)\. {0,3}(?=\d{8}|\p{L}{3})/u
/** «2)» anywhere, but not «(расход 87)», «(было 76)», «(Иванов, кв 7)». */
const WITH_BRACKET =
  /(?<![\p{L}\d.,:/-])([1-9]\d?)\)(?<!\((?:расх|израсх|потр|разниц|итого|всего|пред|прош|было|ранее|rashod|potr|bylo|pred|us(?:ed|age)|consum|prev)[^()]{1,60}\)|\((?:[^()]{0,40}[ ,])?(?:кв|квартира|дом)[. №]{1,3}\d{1,2}\)) ?/u
const ITEM = new RegExp([OF_LINE, WITHIN_LINE, WITH_BRACKET].map(({ source }) => source).join('|'), 'gu')
const FIRST = /(?:^|\s)1[.,:;/ -]|[1-9]\)/

/**
 * Leaves the numbers of a list out, which count from 1 on, and a bracket's that stands alone. «2) 76572 1) 24563»: these
 * say which register it is.
 */
export function withoutListNumbers(text: string): string {
  if (!FIRST.test(text)) return text
  const inBrackets: number[] = []
  let last = 0
  const bare = text.replace(ITEM, (item: string, ...[ofLine, ofItem, ofBracket]: (string | undefined)[]) => {
    if (ofBracket !== undefined) inBrackets.push(Number(ofBracket))
    if (Number(ofLine ?? ofItem ?? ofBracket) !== last + 1) return item
    last += 1
    return ''
  })
  const isInOrder = inBrackets.every((number, at) => number === at + 1)
  if (last > 1 && isInOrder) return bare
  if (inBrackets.length !== 1) return text
  return text.replace(ITEM, (item: string, ...[, , ofBracket]: (string | undefined)[]) =>
    ofBracket === undefined ? item : '',
  )
}
