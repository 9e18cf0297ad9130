import { readFileSync } from 'node:fs'

/** Shorter digits than these meet a port, a count or a piece of an id by chance. */
const PERSONAL_CHARACTERS_MIN = 5

/**
 * What stands in these texts of any person of the fixtures' registry (account, old account, ЕЛС, phone, address, serial),
 * or of what was said; lower case.
 */
export function personalIn(texts: readonly string[], said: readonly string[]): readonly string[] {
  const words = new Set(texts.flatMap(wordsOf))
  const text = texts.join('\n').toLowerCase()
  return personal(said).filter((value) => (isOneWord(value) ? words.has(value) : text.includes(value)))
}

/** A scrape without what Node counts of itself: sizes and times, any of which may come to a number that somebody sent. */
export function ofTheHouse(scrape: string): string {
  return scrape
    .split('\n')
    .filter((line) => !/^(nodejs|process)_/.test(line))
    .join('\n')
}

function personal(said: readonly string[]): readonly string[] {
  const file = readFileSync(new URL('../fixtures/registry.csv', import.meta.url), 'utf8')
  const columns = file
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((row) => {
      const fields = [...row.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].map(([, plain = '', quoted]) => quoted ?? plain)
      return [1, 2, 3, 4, 5, 7].map((column) => fields[column] ?? '')
    })
  const all = [...columns, ...said].map((value) => value.trim().toLowerCase())
  const phones = all.filter((value) => value.startsWith('+')).map((phone) => phone.slice(1))
  return [...new Set([...all, ...phones])].filter((value) => value.length >= PERSONAL_CHARACTERS_MIN)
}

const isOneWord = (value: string): boolean => /^[\p{L}\p{N}]+$/u.test(value)
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
