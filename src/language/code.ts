/** Pieces in which letters and digits stand together: glued labels, account codes, broken numbers (rules 4, 9, 11). */
import type { Zone } from '../core/facts.ts'
import { isValue } from '../core/rules/value.ts'
import { foldLookalikes, isUnifiedAccount } from './normalise.ts'
import { type BadToken, type LabelToken, numberToken, type Said, type ServiceToken, type Token } from './token.ts'
import { exactMeaningOf } from './words.ts'

const OLD_ACCOUNT = /^[А-Я]{2}\d{6}$/

/** Letters that are typed or scanned in place of a digit. */
const digitOf: Readonly<Record<string, string>> = {
  о: '0',
  o: '0',
  з: '3',
  l: '1',
  i: '1',
  і: '1',
  б: '6',
  в: '8',
  b: '8',
  s: '5',
}

/** Fewer letters between digits may be those of a code: `12лс345678`. */
const LABEL_LETTERS_MIN = 3

const zoneOf: Readonly<Record<string, Zone>> = {
  д: 'DAY',
  дн: 'DAY',
  н: 'NIGHT',
  нч: 'NIGHT',
  п: 'PEAK',
  пп: 'HALF_PEAK',
}

/** A value that cannot be read; where only look-alike letters stand in it, with the number that it looks like. */
export function badToken(text: string): BadToken {
  const letters = text.replace(/[^\p{L}]/gu, '')
  const digits = text.replace(/\D/g, '').length
  const repaired = text.replace(/\p{L}/gu, (letter) => digitOf[letter] ?? letter)
  const plain = letters.length > 0 && digits >= 2 && letters.length <= digits && isValue(repaired)
  return { kind: 'bad', text, repaired: plain ? repaired.replace(',', '.') : null }
}

/** A label at the beginning of a piece, what it says of the digits behind it, and the rest. */
interface Label {
  readonly token: Token | null
  readonly said?: Said
  readonly rest: string
}

/** `1э`, `1эд`, `т1`, `тариф1`, `1г`, `хвс` at the beginning of a piece, and what is left of it. */
function labelAt(piece: string): Label | null {
  const electric = /^([1-9])?э(дн?|нч?|пп?)?(?=\d|$)/.exec(piece)
  if (electric) {
    const zone = zoneOf[electric[2] ?? '']
    const token = zone ? label(zone) : service('ELECTRICITY', electric[1])
    return { token, rest: piece.slice(electric[0].length) }
  }
  const register = /^(?:[тt]([1-9])|(?:тар|тариф|tarif|зона|zona)([1-9])(?!\d)|([1-9])[тt](?=\d|$))/.exec(piece)
  if (register) {
    return {
      token: { kind: 'label', register: `T${register[1] ?? register[2] ?? register[3]}`, zone: null },
      rest: piece.slice(register[0].length),
    }
  }
  const other = /^(?:[1-9]?(г|хвс?|гвс?|газ)|[1-9](х))(?=\d|$)/.exec(piece)
  if (other) {
    const word = other[1] ?? other[2] ?? ''
    const name = word.startsWith('х') ? 'COLD_WATER' : word.startsWith('гв') ? 'HOT_WATER' : 'GAS'
    return { token: service(name), rest: piece.slice(other[0].length) }
  }
  return wordAt(piece)
}

function label(zone: Zone): LabelToken {
  return { kind: 'label', register: null, zone }
}

function service(name: ServiceToken['service'], index: string | null = null): ServiceToken {
  return { kind: 'service', service: name, index }
}

function wordAt(piece: string): Label | null {
  const word = /^\p{L}+/u.exec(piece)?.[0]
  const meaning = word === undefined ? undefined : exactMeaningOf(word)
  if (word === undefined || meaning === undefined || word.length < 2) return null
  const rest = piece.slice(word.length)
  switch (meaning.does) {
    case 'register':
      return { token: label(meaning.zone), rest }
    case 'service':
      return { token: service(meaning.service), rest }
    case 'account':
    case 'meter':
    case 'value':
      return { token: null, said: meaning.does, rest }
    case 'unit':
    case 'number':
      return { token: null, rest }
    default:
      return null
  }
}

/**
 * A piece as a row of labels and values: `день4426ночь3208`, `1эд21635`, `пок45930`, `т1`; null where letters are left
 * that are no label. A label must come before its digits, a unit may come after them.
 */
export function gluedLabels(piece: string): readonly Token[] | null {
  const tokens: Token[] = []
  let rest = piece
  let said: Said = null
  while (rest !== '') {
    const found = labelAt(rest)
    if (found) {
      if (found.token) tokens.push(found.token)
      said = found.said ?? null
      rest = found.rest
      continue
    }
    const digits = /^\d+/.exec(rest)?.[0]
    if (digits === undefined || rest === piece) return null
    tokens.push(numberToken(digits, { said }))
    rest = rest.slice(digits.length)
  }
  return tokens
}

/** `24563т1`, and the first piece of `24563т2-76572`. */
const REGISTER_BEHIND = /^(\d{2,})[тt]([1-9])$/

/** A value with its register's name glued behind it; null: the piece is none. */
function namedBehind(piece: string, said: Said): readonly Token[] | null {
  const [, digits, register] = REGISTER_BEHIND.exec(piece) ?? []
  if (digits === undefined) return null
  return [numberToken(digits, { said }), { kind: 'label', register: `T${register}`, zone: null, isBehind: true }]
}

/** `2880950488показания56311`, `24563день76572ночь`: a word of labels glued to the number before it begins anew. */
export function beginsAnew(tail: string, digitsBehind: boolean): boolean {
  if (tail.length < LABEL_LETTERS_MIN) return false
  const does = exactMeaningOf(tail)?.does
  return does === 'account' || does === 'meter' || does === 'value' || (does === 'register' && digitsBehind)
}

/** `пок5631о`, `5631оквт`: a label before, or a unit behind, a number that cannot be read. */
function badTokens(piece: string): readonly Token[] {
  const bare = piece.replace(/(?<=\d\p{L}?)(?:квт|kvt|kwh?)\p{L}*$/u, '')
  const found = labelAt(bare)
  if (found === null || !/\d{2}/.test(found.rest)) return [badToken(bare)]
  return found.token === null ? [badToken(found.rest)] : [found.token, badToken(found.rest)]
}

/** `1З0`: two digits at least, and letters that are typed for the others. */
const LOOKALIKE_NUMBER = new RegExp(`^(?=\\D*\\d\\D*\\d)[\\d${Object.keys(digitOf).join('')}]{3,}$`)
/** The `l2` of `l2,9`, the `з8700` of `з8700,5`; what is longer is rather a serial, with a value behind it. */
const LOOKALIKE_WHOLE = new RegExp(`^(?=\\D{1,2}\\d)[\\d${Object.keys(digitOf).join('')}]{2,6}$`)

/** Whether a piece before a decimal mark is a number that begins with a look-alike letter. */
export function isLookalikeWhole(piece: string): boolean {
  return LOOKALIKE_WHOLE.test(piece)
}

/** Letters and digits in one piece, in lower case: what it may be, the registry deciding first; empty: it says nothing. */
export function codeTokens(piece: string, said: Said): readonly Token[] {
  const glued = gluedLabels(piece)
  const folded = foldLookalikes(piece)
  const isUnified = isUnifiedAccount(folded)
  const isOld = OLD_ACCOUNT.test(folded)
  if (glued !== null && !isUnified && !isOld) return glued
  const isExponent = /^\d+[eе]\d+$/.test(piece)
  if (!isExponent && !/\d{2}/.test(piece) && !LOOKALIKE_NUMBER.test(piece)) return []
  const accountShaped = isUnified || (isOld && glued === null)
  const otherwise = glued ?? namedBehind(piece, said) ?? badTokens(piece)
  return [{ kind: 'code', text: folded, said, accountShaped, otherwise }]
}
