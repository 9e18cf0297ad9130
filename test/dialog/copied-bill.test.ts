import { expect, test } from 'vitest'
import { heard } from './talk.ts'

const REQUIRED =
  'Name=АО ДЭК|PersonalAcc=40702810600000012345|BankName=ПАО БАНК|BIC=040813999|CorrespAcc=30101810600000000999'
const BILL = `ST00012|${REQUIRED}`
const IDENTITY = 'PersAcc=2880950488|CounterId=250592064305057'

/** A bill's code that an app copied into a text: rule 30 says what of it is meant. */
test.each([
  ['its pre-printed value is no reading', `${BILL}|${IDENTITY}|CounterVal=56311`, 'asked;code=VALUES_NEEDED'],
  ['nor is its sum', `${BILL}|Sum=56311|PersAcc=2880950488`, 'asked;code=VALUES_NEEDED'],
  ['a reading may stand behind it', `${BILL}|${IDENTITY} 56311`, 'accepted 5057 56311'],
  ['in the next line', `${BILL}|${IDENTITY}|Sum=184236\n56311`, 'accepted 5057 56311'],
  ['or before it', `56311 ${BILL}|PersAcc=2880950488`, 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['null is no serial', `${BILL}|PersAcc=2880950488|CounterId=null\n56311`, 'accepted;flags="NO_SERIAL" 5057 56311'],
  [
    'the account may stand elsewhere',
    `${BILL}|PersAcc=|Contract=л/с 2880950488\n56311`,
    'accepted;flags="NO_SERIAL" 5057 56311',
  ],
  ['null is no account', `${BILL}|PersAcc=null|Contract=2880950488\n56311`, 'accepted;flags="NO_SERIAL" 5057 56311'],
  [
    'the serial may stand behind one that is absent',
    `${BILL}|PersAcc=2880950488|CounterId=|CounterId=250592064305057\n56311`,
    'accepted 5057 56311',
  ],
  [
    'the account may be an old one',
    `${BILL}|PersAcc=KP468713\n250592064305057 56311`,
    'accepted;flags="OLD_ACCOUNT" 5057 56311',
  ],
  [
    'any separator will do',
    `${BILL.replaceAll('|', '^')}^PersAcc=2880950488^Sum=5\n56311`,
    'accepted;flags="NO_SERIAL" 5057 56311',
  ],
  ...['\t', '\n', '\r\n', '\r'].map((mark) => [
    `${JSON.stringify(mark)} may be the separator`,
    [BILL, IDENTITY, 'CounterVal=56311', 'Sum=5'].join('|').replaceAll('|', mark),
    'asked;code=VALUES_NEEDED',
  ]),
  [
    'a reading may stand behind a code of lines',
    `${BILL}|PersAcc=2880950488|Sum=184236`.replaceAll('|', '\n').concat('\n56311'),
    'accepted;flags="NO_SERIAL" 5057 56311',
  ],
  ['its serial is no account', `${BILL}|CounterId=955423300791\n56311`, 'asked;code=ACCOUNT_NEEDED'],
  [
    'a serial of a dash alone is none',
    `${BILL}|PersAcc=2880950488|CounterId=-\n56311`,
    'accepted;flags="NO_SERIAL" 5057 56311',
  ],
  ['its bank account is nobody’s', BILL, 'none;code=HELP'],
])('%s', (_why, text, comesTo) => expect(heard(text)).toBe(comesTo))
