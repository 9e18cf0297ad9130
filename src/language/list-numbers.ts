/** Lines and items that a text numbers itself. Pure. */

/**
 * «1. 2880950488 56311», «2) Петров …», «3; 2839796712; 50120» at the beginning of a line; within one, before an account,
 * a serial or a word only.
 */
const ITEM =
  /(?<=^|\n) ?([1-9]\d?)(?:[.)] ?(?=\p{L}|\d{4})|; ?(?=[\p{L}\d])| (?=\d{8}|\p{L}{2}))|(?<=[^\p{L}\s] )([1-9]\d?)\. ?(?=\d{8}|\p{L}{3})/gu
const FIRST = /(?:^|\s)1[.); ]/

/** Leaves the numbers of a list out, which count from 1 on; one alone may say something else. */
export function withoutListNumbers(text: string): string {
  if (!FIRST.test(text)) return text
  let last = 0
  const bare = text.replace(ITEM, (item: string, ofLine?: string, ofItem?: string) => {
    if (Number(ofLine ?? ofItem) !== last + 1) return item
    last += 1
    return ''
  })
  return last < 2 ? text : bare
}
