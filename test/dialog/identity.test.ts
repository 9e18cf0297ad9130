import { expect, test } from 'vitest'
import type { Decision } from '../../src/core/store.ts'
import { fixtureAccounts } from '../core/fixture-registry.ts'
import { chats } from './chat/talk.ts'
import { heard, memoryRegistry, outcomesOf, STRANGER, talk } from './talk.ts'

/** Who and which meter a text is about (rules 3–7), in the words that people use. */
const rows: readonly (readonly [text: string, comesTo: string, from?: string])[] = [
  // Rule 3: an account in all its spellings.
  ['№2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['ЛС2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['Л/С № 2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['л.с. 2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['л-с 2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['лс 2 8 8 0 9 5 0 4 8 8 показания 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['08 57 88 34 77 15 25 12 00 355274 554248', 'accepted;flags="NO_SERIAL" 1091 355274+554248'],
  ['№ 28 7047 6056, № 43 91 76 29 72 03 83 8, 540867', 'accepted 3838 540867'],
  ['2880-950-488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880 950 488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880\u00a0950\u00a0488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880–950–488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['２８８０９５０４８８ ５６３１１', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['\u200b2880\u00ad950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['36014 / 42 82450', 'accepted;flags="NO_SERIAL" 8457 82450'],
  ['36014 /42 82450', 'accepted;flags="NO_SERIAL" 8457 82450'],
  ['36014/ 42 82450', 'accepted;flags="NO_SERIAL" 8457 82450'],
  ['36014/42,82450', 'accepted;flags="NO_SERIAL" 8457 82450'],
  ['085 788 347 715 251 200 355274 554248', 'accepted;flags="NO_SERIAL" 1091 355274+554248'],
  ['077886074524354193 548500', 'accepted;flags="NO_SERIAL" 5465 548500'],
  // Rule 3: a serial in all its spellings, leading zeros or not.
  ['2880950488 №250592064305057 56311', 'accepted 5057 56311'],
  ['2880950488 2505-9206-4305-057 56311', 'accepted 5057 56311'],
  ['2880950488 250 592 064 305 057 56 311', 'accepted 5057 56311'],
  ['2873151246 15056984 91622', 'accepted 6984 91622'],
  ['2873151246 0015056984 91622', 'accepted 6984 91622'],
  // Rule 3: given as an account, and none.
  ['лс 288095048 показания 56311', 'rejected;code=ACCOUNT_UNKNOWN'],
  ['лс 28809504888 показания 56311', 'rejected;code=ACCOUNT_UNKNOWN'],
  ['лс 288095О488 56311', 'rejected;code=ACCOUNT_UNKNOWN'],
  ['28809504888 56311', 'rejected;code=ACCOUNT_UNKNOWN'],
  ['11111/11 82450', 'rejected;code=ACCOUNT_UNKNOWN'],
  ['85788347715251200 355274 554248', 'rejected;code=ACCOUNT_UNKNOWN'],
  ['91КТ29524 852324', 'rejected;code=ACCOUNT_UNKNOWN'],
  ['КР46871 56335', 'rejected;code=ACCOUNT_UNKNOWN'],
  ['28809504888 250592064305057 56311', 'rejected;code=ACCOUNT_UNKNOWN'],
  // No account: a serial alone names none to a stranger.
  ['250592064305057 56311', 'asked;code=ACCOUNT_NEEDED'],
  ['40958869 85241', 'asked;code=ACCOUNT_NEEDED'],
  // Rule 9: what is called a serial is no account, whatever its length.
  ['счетчик 103915827 показания 16242', 'asked;code=ACCOUNT_NEEDED'],
  ['счетчик 777777777 показания 7571', 'asked;code=ACCOUNT_NEEDED'],
  ['ПУ 608018316 7571', 'asked;code=ACCOUNT_NEEDED'],
  ['№ счетчика 113667558, 614773', 'asked;code=ACCOUNT_NEEDED'],
  ['счетчик 524521545179 показания 70479', 'asked;code=ACCOUNT_NEEDED'],
  ['счетчик 279995937 показания 71362', 'rejected;code=METER_MISMATCH', '+79628405519'],
  ['счетчик 103915827, 2880950488 56311', 'rejected;code=METER_MISMATCH'],
  ['103915827 16242', 'rejected;code=ACCOUNT_UNKNOWN'],
  // Rules 4 and 5: old accounts and ЕЛС, in Cyrillic and Latin.
  ['AC673833 90015', 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 9144 90015'],
  ['ас 673 833 90015', 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 9144 90015'],
  ['лс ГВ 358503 показания 18506 42467', 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 1340 18506+42467'],
  ['ПП-041246 578851444 90931 12158', 'accepted;flags="OLD_ACCOUNT" 1444 90931+12158'],
  ['л/с AC-673-833 90015', 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 9144 90015'],
  ['90015 АС673833', 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 9144 90015'],
  ['АС673833 9144 90015', 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 9144 90015'],
  ['старый счет АС673833 90015', 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 9144 90015'],
  ['лс 2884294880 старый АС673833 90015', 'accepted;flags="NO_SERIAL" 9144 90015'],
  ['91KT295249 852324', 'accepted;flags="NO_SERIAL" 9121 852324'],
  ['91кт295249-02#852324', 'accepted;flags="NO_SERIAL" 9121 852324'],
  ['ЕЛС: 31ДД 437062 показания 74376', 'accepted;flags="NO_SERIAL" 8100 74376'],
  ['елс №31-ДД-437062-01 74376', 'accepted;flags="NO_SERIAL" 8100 74376'],
  ['елс 42 ГВ 083305 показания 37444', 'accepted;flags="NO_SERIAL" 3158 37444'],
  ['АА000000 56335', 'rejected;code=ACCOUNT_UNKNOWN'],
  ['91КТ295248 852324', 'rejected;code=ACCOUNT_UNKNOWN'],
  ['КР468713 56335', 'asked;code=ACCOUNT_NEEDED'],
  ['КР468713 250592064305057 56335', 'accepted;flags="OLD_ACCOUNT" 5057 56335'],
  ['КР468713 5057 56335', 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 5057 56335'],
  ['КР468713 81300 61800', 'asked;code=ACCOUNT_NEEDED'],
  ['КР468713 81300 61800', 'accepted;flags="OLD_ACCOUNT" 8608 81300+61800', '+79146754713'],
  // Rule 6: the sender's phone, the last digits, the service.
  ['85241', 'accepted 8869 85241', '+79093462641'],
  ['Абонент Петров. 85241', 'accepted 8869 85241', '+79093462641'],
  ['8869 85241', 'accepted 8869 85241', '+79093462641'],
  ['2884539904 40958869 85241', 'accepted 8869 85241', '+79093462641'],
  ['54556', 'asked;code=METER_NEEDED', '+79620899942'],
  ['8840 54556', 'accepted;flags="NO_SERIAL" 8840 54556', '+79620899942'],
  ['54556 699300', 'asked;code=METER_NEEDED', '+79620899942'],
  [
    '2863396002 8840 54556 4146 699300',
    'accepted;flags="NO_SERIAL", accepted;flags="NO_SERIAL" 8840 54556, 4146 699300',
  ],
  ['2863396002 счётчик 8840 показания 54556', 'accepted;flags="NO_SERIAL" 8840 54556'],
  ['2863396002 54556 8840', 'accepted;flags="NO_SERIAL" 8840 54556'],
  ['2880950488 5057 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 счетчик 5058 56311', 'rejected;code=METER_MISMATCH'],
  ['30035 44105', 'asked;code=ACCOUNT_NEEDED', '+79635896059'],
  // Rule 6: last digits count as NO_SERIAL where the phone, of two accounts, named no meter.
  ['0684 30035 44105', 'accepted;flags="NO_SERIAL" 0684 30035+44105', '+79635896059'],
  ['5361493290684 30035 44105', 'accepted 0684 30035+44105', '+79635896059'],
  ['271187', 'asked;code=METER_NEEDED', '+79633044809'],
  ['свет 271187', 'accepted;flags="NO_SERIAL" 6911 271187', '+79633044809'],
  ['холодная вода 61037,532', 'accepted;flags="NO_SERIAL" 9537 61037.532', '+79633044809'],
  ['62499/05 271187 61037,532', 'asked;code=METER_NEEDED'],
  ['90015 АС 673833', 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 9144 90015'],
  ['счётчик 2880950499 показания 56311', 'asked;code=ACCOUNT_NEEDED'],
  ['999999999999999 737408044 19584', 'rejected;code=ACCOUNT_UNKNOWN'],
  // Rule 3: a dash before an account or a serial is dropped, and is no minus.
  ['лс -2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['лс -62499/05 свет 271187', 'accepted;flags="NO_SERIAL" 6911 271187'],
  ['2880950488 счетчик -250592064305057 показания 56311', 'accepted 5057 56311'],
  ['лс -2880950488 -56311', 'rejected;code=BAD_VALUE'],
  // Rule 7: meters that are gone, and meters of others.
  ['2875500977 56791387 41300', 'held;code=METER_REPLACED'],
  ['2875500977 счётчик 1387 показания 41300', 'held;code=METER_REPLACED'],
  ['2869593210 счётчик 5593 показания 15400', 'held;code=METER_REPLACED'],
  ['2869593210 661400 214000', 'accepted;flags="NO_SERIAL" 4771 661400+214000'],
  ['2827211339 12345678 460151', 'rejected;code=METER_MISMATCH'],
  // Rule 9: the rest are values, however long, where they are as many as the meter named has registers.
  ['2864580274 581639442894 56680012 46848045', 'asked;code=TOO_MANY_DIGITS'],
  ['2864580274 581639442894 показания 56680012 468480', 'asked;code=TOO_MANY_DIGITS'],
  ['2864580274 56680012 468480 581639442894', 'asked;code=TOO_MANY_DIGITS'],
  ['2864580274 581639442894 99999999 468480', 'rejected;code=TOO_MANY_DIGITS'],
  ['2827211339 счетчик 12345678 показания 460151', 'rejected;code=METER_MISMATCH'],
  ['2827211339 619490115893 460151', 'rejected;code=METER_MISMATCH'],
  ['2827211339 6194901158936 460151 2880950488 103915827 56311', 'accepted, rejected;code=METER_MISMATCH 8936 460151'],
  [
    '2827211339;6194901158936;460151\n2800000017;103915827;56311',
    'accepted, rejected;code=ACCOUNT_UNKNOWN 8936 460151',
  ],
  ['2827211339 250592064305057 460151 6194901158936 460151', 'rejected;code=METER_MISMATCH, accepted 8936 460151'],
]

for (const [text, comesTo, from] of rows) {
  test(`«${text}» is ${comesTo}`, () => expect(heard(text, from)).toBe(comesTo))
}

test('last digits of a replaced meter answer which meter it is (rules 6 and 7)', () =>
  expect(outcomesOf('2878648003 394900', '4812')).toEqual(['asked;code=METER_NEEDED', 'held;code=METER_REPLACED']))

const UNIFIED = '91КТ295249-02'
const submitted = ({ events }: Decision): unknown => JSON.parse(events[0]?.data ?? '{}').submittedAccount

test('billing is told the ЕЛС as it was written, with its last two digits', () => {
  expect(submitted(talk()(STRANGER, '91kt295249-02 852324').decision)).toBe(UNIFIED)
  const user = chats()('U1')
  user.send({ kind: 'identity', account: UNIFIED, meter: null })
  expect(submitted(user.type('852324').decision)).toBe(UNIFIED)
})

test('an ЕЛС of two accounts, of which a serial then leaves one, is no old number', () => {
  const [first] = fixtureAccounts().values()
  if (first === undefined) throw new Error('the fixtures have an account')
  const unified = { ...first, oldAccount: null, unifiedAccount: '80СБ140983' }
  const other = { ...unified, account: '2899999999', meters: unified.meters.map((one) => ({ ...one, meter: '77' })) }
  const say = talk(memoryRegistry([unified, other]))
  expect(say(STRANGER, '80СБ140983 56311').outcome).toBe('asked;code=ACCOUNT_NEEDED')
  expect(say(STRANGER, unified.meters[0]?.meter ?? '').outcome).toBe('accepted')
})

test('a known phone of several accounts names each by its serial, also in one message', () => {
  const text = '603611626989 44455\n337654565 58399'
  expect(heard(text, '+79635744912')).toBe('accepted, accepted 6989 44455, 4565 58399')
  const say = talk()
  expect(say('+79635744912', '44455').outcome).toBe('asked;code=ACCOUNT_NEEDED')
  expect(say('+79635744912', text).outcome).toBe('accepted, accepted')
  expect(say('+79635744912', '603611626989').outcome).toBe('asked;code=VALUES_NEEDED')
})

test('billing is told the own number of an account that last digits chose among those of a phone', () => {
  const say = talk()
  expect(say('+79635896059', '29900 44100').outcome).toBe('asked;code=ACCOUNT_NEEDED')
  const { outcome, decision } = say('+79635896059', '0684')
  expect([outcome, submitted(decision)]).toEqual(['accepted;flags="NO_SERIAL"', '2891652287'])
})
