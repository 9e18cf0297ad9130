import { describe, expect, test } from 'vitest'
import { chats } from '../chat/talk.ts'
import { outcomesOf, talk } from '../talk.ts'

const answers = (list: string) => list.split(';').map((answer) => answer.trim())

/** Each kind of question that a yes answers, and what a yes to it comes to. */
const questions: readonly (readonly [why: string, text: string, asked: string, yes: RegExp])[] = [
  ['far more than usual', '2866648321 20296', 'VERY_HIGH', /^accepted;flags="CONFIRMED HIGH NO_SERIAL"$/],
  ['below the last one', '2872974930 143868412547 00120', 'BELOW_PREVIOUS', /^held;code=BELOW_PREVIOUS$/],
  ['registers swapped', '2863011951 4021327994052 40439 68373', 'BELOW_PREVIOUS', /CONFIRMED/],
  ['a look-alike letter', '2844108225 600252091 363О1', 'BAD_VALUE', /CONFIRMED/],
]

const yes = answers(
  `да; ДА!; да.; «да»; да); верно; всё верно; все верно; все так; так точно; потверждаю; правельно; 1; 1.; да, 1; ok; ага; ну да;
  да, верно, спасибо; Здравствуйте, да; да, показания верны; да, за ноябрь; Да, верно. Хорошего вам дня!; день и ночь верно;
  да, все верно, спасибо большое; да, большое спасибо вам; верно, благодарю вас; да. С уважением; ответ: да; отвечаю да;
  Добрый вечер, да; Доброе утро! Верно; yeah`,
)

const no = answers(
  `нет; неа; не-а; да нет; да не; нет конечно; нет, спасибо; конечно нет; не все верно; не то; неверные; неправильные; описка;
  первая цифра неправильная; нет, неправильно; нет, ошибся или я, или муж; ошибся; не подтверждаю; да, но не эта; нет, 1`,
)

/** Neither: nothing is taken, and the question stays open. */
const unclear = answers(
  `верно?; да?; всё верно?; точно?; 1?; да или нет?; да или нет; если верно; да, но другая цифра; верно, кроме последней; почти верно;
  вроде да; наверно; да, наверно; да, сейчас; хорошо, сейчас; да ну; да ну!; 1 цифра другая; у меня 1 счетчик; 1 раз такое вижу;
  за 1 месяц; прошлые верно; прошлые показания верны; было верно; расход верный; да, оплатил; сумма верно; первая верно; да, вторая;
  согласно счетчику; вернее; подтвердите; подтвердите, пожалуйста; прошу подтвердить; подтверждение, пожалуйста; не надо отменять; все; и всё; спасибо, все; да, помогите; ошибки нет; нет ошибки;
  без ошибок; нет никакой ошибки; что не так; а что не так, всё верно?; нет, верно; нет, всё правильно; нет, да; нет под рукой; да, больше; вас не понять`,
)

describe.each(questions)('to a question about a doubtful value, %s', (_why, text, asked, taken) => {
  test.each(yes)('«%s» is a yes', (answer) => {
    const [first, second] = outcomesOf(text, answer)
    expect(first).toBe(`asked;code=${asked}`)
    expect(second).toMatch(taken)
  })

  test.each(no)('«%s» is a no', (answer) =>
    expect(outcomesOf(text, answer, 'да').slice(1)).toEqual(['none;code=CANCELLED', 'none;code=HELP']),
  )

  test.each(unclear)('«%s» is neither', (answer) => {
    const [, second, third] = outcomesOf(text, answer, 'да')
    expect(second).toBe('none;code=HELP')
    expect(third).toMatch(taken)
  })
})

const HIGH = '2866648321 20296'
const BELOW = '2872974930 143868412547 00120'
const ZONES = '2824499374 86464 2351'
const BOTH = '62499/05 свет 276000 хвс 61100'
const veryHigh = 'asked;code=VERY_HIGH'
const below = 'asked;code=BELOW_PREVIOUS'
const accepted = 'accepted;flags="NO_SERIAL"'
const confirmed = 'accepted;flags="CONFIRMED HIGH NO_SERIAL"'
const help = 'none;code=HELP'
const cancelled = 'none;code=CANCELLED'
const extra = 'rejected;code=EXTRA_VALUES'
const needed = 'asked;code=ACCOUNT_NEEDED'

type Row = readonly [why: string, turns: readonly string[], outcomes: readonly string[]]

const rows: readonly Row[] = [
  ['the values again with a condition', [HIGH, 'если верно, 20296'], [veryHigh, veryHigh]],
  ['the values again with a question', [HIGH, 'верно 20296?'], [veryHigh, veryHigh]],
  ['the values again, almost', [HIGH, 'почти верно 20296'], [veryHigh, veryHigh]],
  ['a value below the last one again, with a question', [BELOW, '120?'], [below, below]],
  ['a reading of one', [HIGH, 'показание 1'], [veryHigh, below]],
  ['one kilowatt-hour', [HIGH, '1 квт'], [veryHigh, below]],
  ['one kilowatt-hour in one piece', [HIGH, '1квт'], [veryHigh, below]],
  ['one and another value', [HIGH, '1 20500'], [veryHigh, extra]],
  ['one with decimals', [HIGH, '1,5'], [veryHigh, below]],
  ['one with a minus', [HIGH, '-1'], [veryHigh, 'rejected;code=BAD_VALUE']],
  ['a yes of one zone only', [ZONES, 'день верно', 'да'], [veryHigh, help, 'accepted;flags="CONFIRMED NO_SERIAL"']],
  ['a yes of the other register only', [ZONES, 'да, Т2'], [veryHigh, help]],
  ['a yes of one service', [BOTH, 'свет верно', 'да'], [`${veryHigh}, ${veryHigh}`, confirmed, confirmed]],
  [
    'a yes of a service not asked about',
    [BOTH, 'газ да', 'да'],
    [`${veryHigh}, ${veryHigh}`, help, `${confirmed}, ${confirmed}`],
  ],
  ['a no of one service', [BOTH, 'вода нет', 'да'], [`${veryHigh}, ${veryHigh}`, cancelled, confirmed]],
  ['a yes of both services', [BOTH, 'свет и вода верно'], [`${veryHigh}, ${veryHigh}`, `${confirmed}, ${confirmed}`]],
  ['no, that is another service', ['2866648321 20296', 'нет, это вода'], [veryHigh, cancelled]],
  ['nobody has the account at hand', ['56311', 'у меня нет номера счета', '2880950488'], [needed, help, accepted]],
  ['nobody has the bill at hand', ['56311', 'квитанции нет', '2880950488'], [needed, help, accepted]],
  ['a no to which account', ['56311', 'нет', '2880950488'], [needed, cancelled, 'asked;code=VALUES_NEEDED']],
  [
    'a yes of patience to a missing value',
    ['2896081693', 'да, сейчас'],
    ['asked;code=VALUES_NEEDED', 'asked;code=VALUES_NEEDED'],
  ],
]

test.each(rows)('what an answer is said of: %s', (_why, turns, outcomes) =>
  expect(outcomesOf(...turns)).toEqual(outcomes),
)

const mismatch = 'rejected;code=METER_MISMATCH'

const sentAgain: readonly Row[] = [
  ['too many', [HIGH, '20290 20300', '19000'], [veryHigh, extra, 'accepted;flags="HIGH NO_SERIAL"']],
  ['too many, and nothing is left to confirm', [HIGH, '20290 20300', 'да'], [veryHigh, extra, help]],
  [
    'too many after a no',
    [HIGH, 'нет', '19000 20000', '19000'],
    [veryHigh, cancelled, extra, 'accepted;flags="HIGH NO_SERIAL"'],
  ],
  ['a minus', ['2896081693', '-251123', '251123'], ['asked;code=VALUES_NEEDED', 'rejected;code=BAD_VALUE', accepted]],
  [
    "another account's",
    [HIGH, 'нет', '2880950488 1 2 3', '56311'],
    [veryHigh, cancelled, extra, 'accepted;flags="NO_SERIAL"'],
  ],
  ['too many in a first message', ['2880950488 1 2 3', '56311'], [extra, 'accepted;flags="NO_SERIAL"']],
  ['too many beside a serial', ['2842345369 737408044 19584 12', '19584'], [extra, 'accepted']],
  ['a letter in a first message', ['2880950488 56ж11', '56311'], ['rejected;code=BAD_VALUE', accepted]],
  [
    'too many digits in a first message',
    ['2868834386 991955066 9447134', '47120'],
    ['rejected;code=TOO_MANY_DIGITS', 'accepted'],
  ],
  [
    'with the right serial',
    ['2863396002 счетчик 12345678 показания 54556', '381652893858840 54556'],
    [mismatch, 'accepted'],
  ],
  [
    'with the last digits of the right serial',
    ['лс 2880950488 счетчик 12345678', '5057', '56311'],
    [mismatch, 'asked;code=VALUES_NEEDED', 'accepted;flags="NO_SERIAL"'],
  ],
  [
    'after a wrong serial',
    ['2880950488 счетчик 12345678 показания 56311', '56311'],
    [mismatch, 'accepted;flags="NO_SERIAL"'],
  ],
]

test.each(sentAgain)('values that were refused are sent again without their account: %s', (_why, turns, outcomes) =>
  expect(outcomesOf(...turns)).toEqual(outcomes),
)

test.each([
  ['by its serial', '955423300791 14230 17869', 'accepted'],
  ['by the last digits of its serial', '0791 14230 17869', 'accepted;flags="NO_SERIAL"'],
])('after a refusal a phone of several accounts may name a meter of another one %s', (_how, text, outcome) => {
  const say = talk()
  expect(say('+79635896059', '5361493290684 30038 44120 12').outcome).toBe(extra)
  const { outcome: taken, accepted: readings } = say('+79635896059', text)
  expect([taken, readings]).toMatchObject([
    outcome,
    [{ meter: '955423300791', registers: { T1: '14230', T2: '17869' } }],
  ])
})

test.each(['верно?', 'да, сейчас', 'если да', '1 цифра другая'])(
  '«%s» in a chat leaves the question and its buttons',
  (text) => {
    const user = chats()('U1')
    const asked = user.type(HIGH)
    const unclear = user.type(text)
    expect(unclear).toMatchObject({ outcome: help, text: asked.text })
    expect(unclear.labels).toContain('Да, верно')
    expect(user.tap('Да, верно').outcome).toBe(confirmed)
  },
)

test('«описка» takes nobody off the receipts', () =>
  expect(outcomesOf(HIGH, 'описка, 19000')).toEqual([veryHigh, 'accepted;flags="HIGH NO_SERIAL"']))
