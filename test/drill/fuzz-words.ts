import { type DrillMeter, drillMeters, textOf } from './meters.ts'

/** Draws what fuzzed requests are made of; the same for the same row of random numbers. */
export interface Dice {
  /** 0 ≤ whole number < below. */
  number(below: number): number
  /** True in so many of 100 cases. */
  percent(share: number): boolean
  /** Throws where there is nothing to pick from. */
  pick<One>(all: readonly One[]): One
  bytes(length: number): Buffer
}

export function diceOf(random: () => number): Dice {
  const number = (below: number) => Math.floor(random() * below)
  return {
    number,
    percent: (share) => random() * 100 < share,
    pick(all) {
      for (const one of all.slice(number(all.length))) return one
      throw new Error('nothing to pick from')
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => number(256))),
  }
}

const meters = drillMeters()

/** A meter of the registry. */
export const fuzzMeter = (dice: Dice): DrillMeter => dice.pick(meters)

/** What customers write, and what nobody should. */
const WORDS = [
  ...[
    'да',
    'нет',
    'стоп',
    'помощь',
    '?',
    'ok',
    '1',
    'лс',
    'л/с',
    '№',
    'показания',
    'день',
    'ночь',
    'Т1',
    'т2:',
    '1Э',
    'ХВС',
  ],
  ...[
    'предыдущие',
    'расход',
    'кв. 12',
    '25.07.2026',
    'за июль',
    '12:30',
    '+79990000000',
    '100 руб',
    '12 345',
    '1234О',
    'З45',
  ],
  ...['-5', '1e9', '0x10', '0,5', '999999999999999999999999', '٣٤٥', '１２３', 'КР468713', '10АА123456-01', '11111/11'],
  ...['', ' ', '\n', '\u0000', '\u200b', '\u202e', '🧾'.repeat(20), 'ё'.repeat(70), '́'.repeat(300), '#'.repeat(200)],
  ...[
    "' OR 1=1 --",
    '<script>',
    '&amp;',
    '%00',
    '#{x}',
    '{{x}}',
    '../../etc/passwd',
    '1/'.repeat(400),
    '1 '.repeat(500),
  ],
  ...['T1=1,'.repeat(100), '(a+)+$', 'день4426ночь3208', 'пок45930', '\uFEFF', 'constructor', '__proto__'],
]

/** A text: a true message, one that is nearly true, words, or noise. */
export function fuzzText(dice: Dice): string {
  const meter = fuzzMeter(dice)
  const kind = dice.number(10)
  if (kind < 2) return textOf(meter, dice.number(60))
  if (kind < 4) return mutated(textOf(meter, dice.number(60)), dice)
  if (kind < 5) return `${meter.account} ${dice.number(1_000_000)} ${dice.pick(WORDS)}`
  if (kind < 9) return Array.from({ length: dice.number(8) }, () => dice.pick(WORDS)).join(' ')
  return String.fromCodePoint(...Array.from({ length: dice.number(1_500) }, () => codePoint(dice)))
}

/** Some characters taken out, doubled or replaced. */
function mutated(text: string, dice: Dice): string {
  const letters = [...text]
  for (let change = dice.number(4); change >= 0; change -= 1) {
    const at = dice.number(letters.length)
    letters.splice(
      at,
      dice.number(3),
      ...Array.from({ length: dice.number(3) }, () => String.fromCodePoint(codePoint(dice))),
    )
  }
  return letters.join('')
}

/** Any but surrogates, half of them where people write. */
function codePoint(dice: Dice): number {
  const any = dice.percent(50) ? dice.number(0x500) : dice.number(0x11_0000)
  return any >= 0xd800 && any <= 0xdfff ? 0x20 : any
}

/** A value of a form's field: of the registry, of the words, or long. */
export function fuzzField(dice: Dice): string {
  const meter = fuzzMeter(dice)
  if (dice.percent(40)) return fuzzText(dice)
  return dice.pick([meter.account, meter.serial, String(meter.registers[0]?.last ?? 0), String(dice.number(1e9)), ''])
}
