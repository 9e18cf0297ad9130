/** Which numbers of a text a word calls previous or consumption, and so are no readings (rule 12): principles. Pure. */

import {
  bracketOf,
  hasAny,
  hasValue,
  isCalledNow,
  isSame,
  joinedBefore,
  leadsToNumber,
  numberBefore,
  numbersBehind,
  rowBeside,
  type Text,
  textOf,
} from './numbers-beside.ts'
import { digitsOf, inWholes, isSaying, type Kinds, labelled, type Part } from './parts.ts'
import { type Token, unglued } from './token.ts'

/** The side of a word on which its numbers stand. */
type Side = 'before' | 'behind'

/** A word that says of numbers whether they are of now, and what stands beside it. */
interface Said {
  readonly text: Text
  readonly at: number
  /** The place of the number right before it, «55959 было»; -1: there is none. */
  readonly before: number
  /** The places of the numbers behind it within its reach. */
  readonly behind: readonly number[]
}

/** No text says so of more numbers: it would have two such words for each token that is kept. */
const WORDS_MAX = 240

/** The tokens of a text without the numbers that a word calls previous or consumption, and their labels. */
export function ofNow(tokens: readonly Token[], parts: readonly Part[]): readonly Token[] {
  const words = parts.filter(isSaying).length
  if (words > WORDS_MAX || !parts.some(isNotNow)) return tokens
  const text = textOf(labelled(inWholes(parts)))
  const style = styleOf(text)
  const gone = new Set<Token>()
  for (const [at, part] of text.parts.entries()) {
    const said = isNotNow(part) ? saidAt(text, at) : null
    const side = said && sideOf(said, style)
    for (const number of said && side ? numbersOf(said, side) : []) {
      text.taken.add(number)
      for (const token of tokensOf(text.parts[number] as Part, side)) gone.add(token)
    }
  }
  return tokens.flatMap((token, at) => {
    if (gone.has(token)) return []
    return gone.has(tokens[at - 1] as Token) ? alone(token) : token
  })
}

function isNotNow(part: Part | undefined): boolean {
  return part?.is === 'previous' || part?.is === 'consumption'
}

/** A number with its label; one in front of «24288 было» waits for the number that follows. */
function tokensOf({ tokens, label, isLabelBehind }: Part, side: Side | null): readonly Token[] {
  if (side === 'before' && !isLabelBehind) return tokens.filter(({ kind }) => kind === 'number')
  return label ? [...tokens, label] : tokens
}

/** Nothing joins a token to a number that is gone. */
function alone(token: Token): Token {
  return token.kind === 'number' ? { ...unglued(token), isOneOfTwo: false } : unglued(token)
}

function saidAt(text: Text, at: number): Said {
  return { text, at, before: numberBefore(text, at), behind: numbersBehind(text, at) }
}

/** The numbers on a side of a word: as many as stand in the row on the other side, or those that the word reaches. */
function numbersOf(said: Said, side: Side): readonly number[] {
  const { text, at, before, behind } = said
  const pairs = pairsOf(said)
  const isRow = pairs.length > 1 && pairs.every((pair) => isAhead(pair, said) === (side === 'before'))
  if (side === 'before') return isRow ? rowBeside(text, at, -1) : joinedBefore(text, before)
  return isRow ? rowBeside(text, (behind[0] as number) - 1, 1) : behind
}

/** The side of a word on which its numbers stand; null: it is said of none. The first of these principles that tells decides. */
function sideOf(said: Said, style: Side | null): Side | null {
  if (isOfBoth(said) || isOfNone(said)) return null
  if (isHeldInBracket(said) || said.before < 0) return 'behind'
  if (said.behind.length === 0) return isOnlyBefore(said) ? 'before' : null
  if (style !== null) return style
  if (!isGreaterBehind(said)) return 'behind'
  if (isApart(said)) return 'before'
  return said.text.parts[said.at]?.is === 'previous' ? null : 'behind'
}

/** «55959 56311 (было/стало)»: each of its own, and nothing says which. */
function isOfBoth({ text, at }: Said): boolean {
  const [slash, now] = text.parts.slice(at + 1, at + 3)
  return slash?.is === '/' && now?.is === 'now' && !leadsToNumber(text, at + 2)
}

/** «56311 (расход за месяц 352)»: a bracket that a word opens holds its numbers. */
function isHeldInBracket({ text, at }: Said): boolean {
  const bracket = bracketOf(text, at)
  return bracket !== undefined && hasValue(text, at, bracket.close)
}

/**
 * «(прошлый раз передавала 22.10) 56311», «(расход не знаю)»: a bracket without numbers, and none before it; but
 * «(предыдущие показания на 22.10) 55959», «(расход за месяц) 352», «(предыдущие) 55959 (текущие) 56311».
 */
function isOfNone(said: Said): boolean {
  const { text, at, before } = said
  const { parts, lastNow } = text
  const bracket = bracketOf(text, at)
  if (bracket === undefined || before >= 0 || isHeldInBracket(said) || lastNow > at) return false
  const isNamed = parts[at]?.isDated === true && bracket.close === at + 1
  const isDenied = parts.slice(at, bracket.close).some((part) => part.text === 'не')
  return !leadsToNumber(text, bracket.close) || (parts[at]?.is === 'previous' ? !isNamed : isDenied)
}

/** «56311, 352 расход», «352 расход, сейчас 56311»: no number behind; but «56311 прошлый раз не передали, вода 12». */
function isOnlyBefore(said: Said): boolean {
  const { text, at, before } = said
  const isInBracket = (text.brackets[at]?.open ?? before) < before
  const isLast = !hasValue(text, at) && !hasAny(text, before, at, LINE_ENDS)
  return text.parts[at + 1]?.is !== 'word' || isSetOff(said) || isInBracket || isLast
}

/** «55959 - прошлый месяц»: a dash or a bracket sets the word off from the number before. */
function isSetOff({ text, at }: Pick<Said, 'text' | 'at'>): boolean {
  return SETS_OFF.has(text.parts[at - 1]?.is)
}

const LINE_ENDS: Kinds = new Set(['\n'] as const)
const SETS_OFF: Kinds = new Set(['-', '('] as const)
const ENDS: Kinds = new Set([',', ';'] as const)
const READINGS: Kinds = new Set(['readings'] as const)

/** The greater of two numbers is the reading, as is what its own word calls so: «55959 было, 56311 стало». */
function isGreaterBehind(said: Said): boolean {
  const { text, at, before, behind } = said
  const next = behind[0] as number
  if (text.parts[at]?.is === 'previous' && isCalledNow(text, next)) return true
  return isAhead([digitsAt(text, before), digitsAt(text, next)], said)
}

/** «352 расход, 56311», «352 расход показания 56311», «55959 - было 56311»: something parts the word from the number behind. */
function isApart(said: Said): boolean {
  const { text, at, behind } = said
  const next = behind[0] as number
  return (
    isSetOff(said) || isCalledNow(text, next) || ENDS.has(text.parts[at + 1]?.is) || hasAny(text, at, next, READINGS)
  )
}

function digitsAt({ parts }: Text, at: number): string {
  return digitsOf(parts[at])
}

/**
 * The style of a text: its words stand in front of their numbers, or behind them. It is the one in which each has a number,
 * none has two, and the lesser of two is the previous reading or the consumption; null: both are so, or neither.
 */
function styleOf(text: Text): Side | null {
  const words = [...text.parts.keys()].filter((at) => isSaying(text.parts[at])).map((at) => saidAt(text, at))
  const free = words.filter((said) => !isHeldInBracket(said))
  const [before, behind] = (['before', 'behind'] as const).map((side) => free.every((said) => fits(said, side, words)))
  return before === behind ? null : before ? 'before' : 'behind'
}

/** Whether a word has numbers on a side, and these are the lesser ones where those on the other can be compared to them. */
function fits(said: Said, side: Side, words: readonly Said[]): boolean {
  const { text, at, before, behind } = said
  const next = behind[0]
  if (side === 'before' ? before < 0 : next === undefined) return false
  if (!isNotNow(text.parts[at]) || before < 0 || next === undefined) return true
  // «18035, 17760 старые, 275 расход»: in this style the number on the other side has a word for itself.
  const isOtherSaid = words.some(
    (one) =>
      one !== said &&
      isNotNow(text.parts[one.at]) &&
      (side === 'before' ? one.before === next : one.behind.includes(before)),
  )
  if (isOtherSaid) return true
  const pairs = pairsOf(said)
  if (pairs.length > 0) return pairs.every((pair) => isAhead(pair, said) === (side === 'before'))
  return side === 'behind' || isAhead([digitsAt(text, before), digitsAt(text, next)], said)
}

type Pair = readonly [before: string, behind: string]

/** The numbers of the rows before and behind a word, by register; none where the rows are not of one length. */
function pairsOf({ text, at, behind }: Said): readonly Pair[] {
  if (behind[0] === undefined) return []
  const [ones, others] = [rowBeside(text, at, -1), rowBeside(text, behind[0] - 1, 1)]
  if (ones.length !== others.length) return []
  const labelAt = (at: number) => text.parts[at]?.label
  const areLabelled = [...ones, ...others].every(labelAt)
  return ones.flatMap((one, nth) => {
    const other = areLabelled ? others.find((at) => isSame(labelAt(at), labelAt(one))) : others[nth]
    return other === undefined ? [] : [[digitsAt(text, one), digitsAt(text, other)] as const]
  })
}

/** No dial has fewer digits. */
const DIAL_DIGITS_MIN = 4

/**
 * Whether the second number is the reading: the greater one, but for «99950» and «120», between which a dial began anew
 * (rule 18): nearly all of the dial lies between them.
 */
function isAhead([before, behind]: Pair, { text, at }: Said): boolean {
  const digits = Math.max(before.length, behind.length)
  const ahead = Number(behind) - Number(before)
  const isOverTop =
    text.parts[at]?.is === 'previous' && digits >= DIAL_DIGITS_MIN && 10 * Math.abs(ahead) > 9 * 10 ** digits
  return isOverTop ? ahead < 0 : ahead > 0
}
