/** What a reader keeps in mind while walking through a text: labels that wait for their number, numbers said to be old. */
import { type Announced, announced, isAnnounced, readingsNamed, wordPassed } from './announced.ts'
import { answered, denied, isAside } from './answers.ts'
import { ordinal, placed, sided, tariff, zoneNamed } from './labels.ts'
import { type Part, put, wordPut } from './parts.ts'
import { isNumeric, type NumberToken, noWords, type Said, type Token, type WordCounts } from './token.ts'
import { type Meaning, meaningOf } from './words.ts'

/** «Добрый день», «хорошего вам дня», «на сегодняшний день»: the day after it is no register. */
const COURTESY = /^(?:добр|хорош[ие]|удачн|прекрасн|спокойн|приятн|сегодняшн|данный|dobr|good)/

/** What is known of the text so far; a reader changes it as it goes on. */
export interface Context {
  readonly text: string
  readonly tokens: Token[]
  /** The same in the text, with words and marks between them. */
  readonly parts: Part[]
  readonly words: WordCounts
  /** How many words of the lexicon were English. */
  english: number
  /** The label that waits for its number. */
  said: Said
  /** As what a word has announced the next number, which then is no reading; and how many words stood since. */
  announced: Announced | null
  announcedWords: number
  /** Where the last numeric token ended; -1: nowhere, or it was passed over. */
  lastEnd: number
  /** The last word since, where it may be the letters of an old number: it means nothing, or has one or two letters. */
  wordSince: string | null
  /** The last word was one of «добрый день»: what follows is no register. */
  greeted: boolean
  /** The last word was a month: a year may follow. */
  afterMonth: boolean
  /** Whether «н» stands beside digits; looked up once. */
  hasNight?: boolean
}

/** Before anything was read. */
export function freshContext(text: string): Context {
  return {
    text,
    tokens: [],
    parts: [],
    words: { ...noWords },
    english: 0,
    said: null,
    announced: null,
    announcedWords: 0,
    lastEnd: -1,
    wordSince: null,
    greeted: false,
    afterMonth: false,
  }
}

/** Takes down what a run of digits (or a piece with digits in it) between `start` and `end` is; gives back `end`. */
export function numberSeen(context: Context, start: number, end: number, seen: readonly Token[]): number {
  const [first] = seen
  if (first === undefined) return end
  const isNoReading = isAnnounced(context, first, start) || isYear(context, first, start)
  const glue = glueBetween(context, start)
  const isFirst = startsLine(context.text, start)
  const beside = (token: Token): Token => {
    if (token.kind === 'number' && isToldWithLast(context, start)) return { ...token, isOneOfTwo: true }
    // `т1`, `2э`: a label that is a piece of its own stands between numbers as a word does.
    const isAlone = seen.length === 1 && (token.kind === 'label' || token.kind === 'service')
    return isAlone ? sided(token, context.text, { start, end }) : token
  }
  const tokens = isNoReading ? [] : seen.map((token) => beside(withGlue(token, glue, context, isFirst)))
  const hasNumber = seen.some(isNumeric)
  const is = hasNumber ? 'number' : first.kind === 'label' ? 'label' : 'word'
  put(context, isNoReading ? 'no reading' : is, tokens)
  context.lastEnd = isNoReading ? -1 : end
  if (hasNumber) context.said = null
  context.wordSince = null
  context.afterMonth = false
  return end
}

/** «56311 или 56312». */
const OR = /^,? {1,2}(?:или|либо|ili|or) {1,2}$/
/** «с 55959 по 56311»: what stands between them, and before the first. */
const UNTIL = /^ {1,2}(?:по|до|po|do|to) {1,2}$/
const FROM = /(?<!\p{L})(?:со?|от|s|ot|from) {1,2}\d[\d ]{0,10}(?:[.,]\d{1,3})?$/u
const FROM_LETTERS = 24
const BETWEEN_LETTERS = 9

/** Whether the number that begins at `start` is told in one with the last one, and so is no reading of another register. */
function isToldWithLast({ text, lastEnd }: Context, start: number): boolean {
  if (lastEnd < 0 || start - lastEnd > BETWEEN_LETTERS) return false
  const between = text.slice(lastEnd, start)
  if (OR.test(between)) return true
  return UNTIL.test(between) && FROM.test(text.slice(Math.max(0, lastEnd - FROM_LETTERS), lastEnd))
}

/** Whether nothing but blanks stands before it in its line; of eight blanks no more are looked at. */
function startsLine(text: string, start: number): boolean {
  for (let at = start - 1; at >= Math.max(0, start - 8); at--) {
    if (text[at] === '\n') return true
    if (text[at]?.trim() !== '') return false
  }
  return true
}

function withGlue(token: Token, glue: NumberToken['glue'], context: Context, isFirst: boolean): Token {
  if (token.kind === 'code' && glue === ' ') {
    const [bad, another] = token.otherwise
    if (bad?.kind === 'bad' && another === undefined) return { ...token, otherwise: [{ ...bad, glue }] }
  }
  if (token.kind !== 'number') return token
  const prefix = context.wordSince !== null && context.wordSince.length <= 3 ? context.wordSince : null
  return { ...token, glue, startsLine: isFirst, prefix }
}

function glueBetween(context: Context, start: number): NumberToken['glue'] {
  if (context.lastEnd < 0 || start - context.lastEnd > 3) return null
  const between = context.text.slice(context.lastEnd, start)
  if (between === ' ' || between === '  ') return ' '
  if (between.trim() === '/') return '/'
  return between === '-' ? between : null
}

/** «Ноябрь 2026», «ноябрь-26». */
function isYear({ afterMonth, text }: Context, token: Token, start: number): boolean {
  if (!afterMonth || token.kind !== 'number' || token.fraction !== null) return false
  return /^20\d\d$/.test(token.text) || (/^2\d$/.test(token.text) && /[\p{L}-]/u.test(text[start - 1] ?? ''))
}

/** Takes down what the word between `start` and `end` says; gives back where to read on. */
export function wordSeen(context: Context, start: number, end: number): number {
  const word = context.text.slice(start, end)
  const meaning = meaningOf(word)
  const isCourtesy = COURTESY.test(word) || (context.greeted && /^(?:вам|всем)$/.test(word))
  if (meaning === undefined) context.words.other += isCourtesy ? 0 : 1
  else if (isEnglish(word)) context.english += 1
  if (meaning !== undefined && isAside(word, meaning)) context.words.aside += 1
  wordPassed(context)
  const { length } = context.parts
  const readOn = meaning ? meant(context, { word, start, end }, meaning) : end
  if (context.parts.length === length) wordPut(context, word, meaning)
  context.wordSince = meaning === undefined || word.length <= 2 ? word : null
  context.greeted = isCourtesy
  context.afterMonth = meaning?.does === 'month'
  return readOn
}

function isEnglish(word: string): boolean {
  return /^(?:hello|hi$|good$|reading|account|meter|day|night|peak|help|yes|not$|please|thank|electricity|power|cold|hot|water|gas|heat|previous|current|used|cancel|wrong|confirm|correct|number|stop|start)/.test(
    word,
  )
}

/** A word and where it stands. */
export interface Word {
  readonly word: string
  readonly start: number
  readonly end: number
}

function meant(context: Context, at: Word, meaning: Meaning): number {
  switch (meaning.does) {
    case 'account':
    case 'meter':
      // «Показания счетчика 56311»: the word belongs to the readings, it does not announce a serial.
      if (meaning.does === 'meter' && context.said === 'value') return at.end
      context.said = meaning.does
      // «ГСК-12 л/с 284-2735-309»: no house.
      readingsNamed(context)
      return at.end
    case 'value':
      context.words.value += 1
      context.said = 'value'
      readingsNamed(context)
      return at.end
    case 'price':
    case 'phone':
    case 'house':
    case 'street':
      return announced(context, at, meaning.does)
    case 'register':
      return zoneNamed(context, at, meaning.zone)
    case 'service':
      put(context, 'word', [placed({ kind: 'service', service: meaning.service, index: null }, context.text, at)])
      return at.end
    case 'ordinal':
      return ordinal(context, at, meaning.nth)
    case 'tariff':
      return tariff(context, at)
    case 'yes':
    case 'no':
      answered(context, at, meaning.does)
      return at.end
    case 'doubt':
      context.words[at.word === 'или' || at.word === 'or' ? 'either' : 'doubt'] += 1
      return at.end
    case 'unit':
      context.words.value += 1
      return at.end
    case 'stop':
    case 'start':
    case 'help':
      context.words[meaning.does] += 1
      return at.end
    case 'not':
      return denied(context, at)
    default:
      return at.end
  }
}
