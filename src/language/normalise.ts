/** Look-alike Latin capitals and the Cyrillic ones that they are folded to (rule 4). */
const LOOKALIKES: Readonly<Record<string, string>> = {
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
  Y: 'У',
}

/** Spaces of every kind, invisible marks (zero-width, soft hyphen, BOM), and dashes with the minus and the bullet. */
const GAPS = /[\s\p{Cf}\p{Pd}\u2212\u2043]+/gu
/** The same without the dashes. */
const SPACES = /[\s\p{Cf}]+/gu
const DASH_AND_TWO_DIGITS = /[\p{Pd}\u2212\u2043](\d{2})$/u
const UNIFIED_BASE = /^\d{2}[А-Я]{2}\d{6}$/
const UNIFIED = /^\d{2}[А-Я]{2}\d{6}(-\d{2})?$/
/** Billing before the single bill began its numbers with one to three letters, and had 4 to 10 digits behind them (rule 5). */
export const oldAccountForm = { lettersMax: 3, digits: '\\d{4,10}' } as const
const OLD_ACCOUNT = new RegExp(`^[А-Я]{1,${oldAccountForm.lettersMax}}${oldAccountForm.digits}$`)
/** What stands in front of an account: `ЛС`, `л/с`, with the colon or point after it. */
const LEADING_WORDS = /^(?:Л\/?С[:.]*)+/
/** Nearly every account and serial: nothing to normalise. */
const PLAIN = /^[\d/]*$/
/** Removing a dash can bring a letter and its accent together, which NFKC then joins: so until nothing changes. */
const ROUNDS_MAX = 8

/**
 * An account as rule 3 writes it: `№` dropped (before NFKC, which would make `No` of it), NFKC, inner spaces and dashes
 * and a leading `ЛС` or `л/с` dropped, letters uppercased. The `-NN` of an ЕЛС stays. Never throws; idempotent.
 */
export function normaliseAccount(text: string): string {
  return untilStable(text, (round) => {
    const upper = compatible(round)
    const bare = upper.replace(GAPS, '').replace(LEADING_WORDS, '')
    const suffix = DASH_AND_TWO_DIGITS.exec(upper.replace(SPACES, ''))?.[1]
    if (suffix === undefined) return bare
    const base = bare.slice(0, -suffix.length)
    return UNIFIED_BASE.test(foldLookalikes(base)) ? `${base}-${suffix}` : bare
  })
}

/** A meter's serial as rule 3 writes it: as an account, but no word in front is dropped; leading zeros count. */
export function normaliseSerial(text: string): string {
  return untilStable(text, (round) => compatible(round).replace(GAPS, ''))
}

/** Uppercases, and writes Latin look-alikes as the Cyrillic capitals that they are taken for (rule 4). */
export function foldLookalikes(text: string): string {
  if (PLAIN.test(text)) return text
  return text.toUpperCase().replace(/[ABCEHKMOPTXY]/g, (letter) => LOOKALIKES[letter] ?? letter)
}

/** Whether a text, normalised and folded, is an ЕЛС ГИС ЖКХ, with or without its `-NN` (rule 4). */
export function isUnifiedAccount(text: string): boolean {
  return UNIFIED.test(text)
}

/** Whether a text, normalised and folded, has the form of an old account. */
export function isOldAccount(text: string): boolean {
  return OLD_ACCOUNT.test(text)
}

/** An account, old account or ЕЛС as events tell what was written: normalised, folded, with the `-NN` of an ЕЛС (rules 3, 4). */
export function writtenAccount(text: string): string {
  return foldLookalikes(normaliseAccount(text))
}

/** The key by which an old account or ЕЛС is found: normalised, folded, an ЕЛС without its `-NN` (rules 3 and 4). */
export function aliasKey(text: string): string {
  if (PLAIN.test(text)) return text
  const written = writtenAccount(text)
  return isUnifiedAccount(written) ? written.slice(0, 10) : written
}

/** The key by which two spellings of a serial are the same: normalised and folded (rules 3 and 4). */
export function serialKey(text: string): string {
  if (PLAIN.test(text)) return text
  return foldLookalikes(normaliseSerial(text))
}

/** A serial's key without its zeros in front, as it is compared where that stays unique (rule 3). */
export function bareKey(serialKey: string): string {
  return serialKey[0] === '0' ? serialKey.replace(/^0+(?=.)/, '') : serialKey
}

function compatible(text: string): string {
  return text.replaceAll('№', '').normalize('NFKC').toUpperCase()
}

function untilStable(text: string, step: (text: string) => string): string {
  if (PLAIN.test(text)) return text
  let last = text
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const next = step(last)
    if (next === last) return next
    last = next
  }
  return last
}
