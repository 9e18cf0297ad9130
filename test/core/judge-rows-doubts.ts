import { meter } from './claims.ts'
import { type Row, row } from './judge-row.ts'

const one = meter([{}])
const two = meter([{ zone: 'DAY' }, { zone: 'NIGHT', lastValue: '1200' }])
const water = meter([{ decimals: 3, lastValue: '84.416', monthlyUsage: '8' }], { service: 'COLD_WATER' })
const unusual = meter([{ monthlyUsage: null }])
const unusuals = meter([{ monthlyUsage: null }, { lastValue: '1200', monthlyUsage: null }])
const high = meter([{ lastValue: '99950' }])
const fraction = meter([{ decimals: 1, digits: 4, lastValue: '260' }])
const fractions = meter([
  { decimals: 1, lastValue: '260' },
  { decimals: 1, lastValue: '150' },
])

/** Rules 18–22, in the order of precedence; both sides of every boundary. */
export const doubtRows: readonly Row[] = [
  // Rule 18
  row('one unit below', '4699', 'asked;code=BELOW_PREVIOUS', { proposal: '100200300 T1=4969' }),
  row('nothing used', '4700', 'accepted;flags="ZERO"'),
  row('one unit above', '4701', 'accepted;flags="LOW"'),
  row('decimals of the last value are cut too', '4700', 'accepted;flags="ZERO"', {
    meter: meter([{ decimals: 1, lastValue: '4700.9' }]),
  }),
  row('water a little below', '84.415', 'asked;code=BELOW_PREVIOUS', {
    meter: water,
    proposal: '100200300 T1=84.451',
  }),
  row('over the top', '00120', 'accepted;flags="ROLLOVER"', { meter: high }),
  row('half way up is no top', '120', 'asked;code=BELOW_PREVIOUS', { meter: meter([{ lastValue: '50000' }]) }),
  row('exactly at 0.7 of the dial', '400', 'accepted;flags="HIGH ROLLOVER"', {
    meter: meter([{ lastValue: '70000', monthlyUsage: '18000' }], { ratio: 1, service: 'GAS' }),
  }),
  row('one below 0.7 of the dial', '400', 'asked;code=BELOW_PREVIOUS', {
    meter: meter([{ lastValue: '69999', monthlyUsage: '18000' }], { service: 'GAS' }),
  }),
  row('over the top and exactly twice the usual', '550', 'accepted;flags="HIGH ROLLOVER"', { meter: high }),
  row('over the top and one more', '551', 'asked;code=BELOW_PREVIOUS', {
    meter: high,
    proposal: '100200300 T1=515',
  }),
  row('over the top, usual unknown, exactly the cap', '12910', 'accepted;flags="ROLLOVER"', {
    meter: meter([{ lastValue: '99950', monthlyUsage: null }]),
  }),
  row('over the top, usual unknown, over the cap', '12911', 'asked;code=BELOW_PREVIOUS', {
    meter: meter([{ lastValue: '99950', monthlyUsage: null }]),
    proposal: '100200300 T1=12191',
  }),
  row('one of two over the top', '120 1500', 'accepted;flags="ROLLOVER"', {
    meter: meter([{ lastValue: '99950' }, { lastValue: '1200' }]),
  }),
  row('nothing used near the top, usual unknown', '99000', 'accepted;flags="ZERO"', {
    meter: meter([{ lastValue: '99000', monthlyUsage: null }], { service: 'GAS' }),
  }),
  row('below, and the customer insists', '4699', 'held;code=BELOW_PREVIOUS', { confirmed: ['BELOW_PREVIOUS'] }),
  row('below, and a yes to another question', '4699', 'asked;code=BELOW_PREVIOUS', {
    confirmed: ['VERY_HIGH'],
    proposal: '100200300 T1=4969',
  }),
  row('below, and nothing is proposed twice', '40439 68373', 'asked;code=BELOW_PREVIOUS', {
    meter: meter([{ lastValue: '68000' }, { lastValue: '40000' }]),
    confirmed: ['BELOW_PREVIOUS'],
    proposalTaken: true,
  }),
  // Rule 19
  row('exactly 18 kW for 30 days', '17660', 'accepted', { meter: unusual }),
  row('one more', '17661', 'held;code=OVER_CAP', { meter: unusual }),
  row('18 kW behind a transformer', '17660', 'accepted', { meter: { ...unusual, ratio: 40 } }),
  row('more behind a transformer', '17661', 'held;code=OVER_CAP', { meter: { ...unusual, ratio: 40 } }),
  row('both registers together at the cap', '16460 2400', 'accepted', { meter: unusuals }),
  row('both registers together over it', '16460 2401', 'held;code=OVER_CAP', { meter: unusuals }),
  row('of registers billed on different days the longest time counts', '16460 2400', 'accepted', {
    meter: meter([{ monthlyUsage: null }, { lastValue: '1200', lastDate: '2026-11-21', monthlyUsage: null }]),
  }),
  row('billed today counts as one day', '5132', 'accepted', {
    meter: meter([{ lastDate: '2026-11-22', monthlyUsage: null }]),
  }),
  row('billed today and more than a day carries', '5133', 'held;code=OVER_CAP', {
    meter: meter([{ lastDate: '2026-11-22', monthlyUsage: null }]),
  }),
  row('water has no cap', '99999', 'accepted', { meter: { ...unusual, service: 'GAS' } }),
  row('over the cap, one repair', '97100', 'asked;code=OVER_CAP', {
    meter: meter([{ lastValue: '78900' }]),
    proposal: '100200300 T1=79100',
  }),
  row('over the cap, and the customer insists', '97100', 'held;code=OVER_CAP', {
    meter: meter([{ lastValue: '78900' }]),
    confirmed: ['OVER_CAP'],
  }),
  row('over the cap comes before very high', '60000', 'held;code=OVER_CAP'),
  // Rules 20 and 22
  row('exactly twice the usual', '5300', 'accepted;flags="HIGH"'),
  row('twice the usual and one', '5301', 'asked;code=VERY_HIGH', { proposal: '100200300 T1=5031' }),
  row('the usual and the margin', '4880', 'accepted;flags="HIGH"', { meter: meter([{ monthlyUsage: '30.4375' }]) }),
  row('one more than the margin', '4881', 'asked;code=VERY_HIGH', {
    meter: meter([{ monthlyUsage: '30.4375' }]),
    proposal: '100200300 T1=4818',
  }),
  row('the margin of water', '102.301', 'accepted;flags="HIGH"', { meter: water }),
  row('one litre more', '102.302', 'asked;code=VERY_HIGH', { meter: water, proposal: '100200300 T1=102.032' }),
  row('the usual is after the ratio', '4730', 'accepted;flags="HIGH"', { meter: { ...one, ratio: 20 } }),
  row('one more times the ratio', '4731', 'asked;code=VERY_HIGH', {
    meter: { ...one, ratio: 20 },
    proposal: '100200300 T1=4713',
  }),
  row('nothing is usual, within the margin', '4850', 'accepted;flags="HIGH"', {
    meter: meter([{ monthlyUsage: '0' }]),
  }),
  row('billed today, a day of the usual and the margin', '4860', 'accepted;flags="HIGH"', {
    meter: meter([{ lastDate: '2026-11-22' }]),
  }),
  row('billed today, one more', '4861', 'asked;code=VERY_HIGH', {
    meter: meter([{ lastDate: '2026-11-22' }]),
    proposal: '100200300 T1=4816',
  }),
  row('exactly 1.6 times the usual', '5180', 'accepted'),
  row('one more than 1.6 times', '5181', 'accepted;flags="HIGH"'),
  row('exactly 0.4 of the usual', '4820', 'accepted'),
  row('one less than 0.4', '4819', 'accepted;flags="LOW"'),
  row('one register without use is neither LOW nor ZERO', '5000 1200', 'accepted', { meter: two }),
  row('no register with use', '4700 1200', 'accepted;flags="ZERO"', { meter: two }),
  row('one register high, one low', '5200 1210', 'accepted;flags="HIGH LOW"', { meter: two }),
  row('very high, and confirmed', '5301', 'accepted;flags="CONFIRMED HIGH"', { confirmed: ['VERY_HIGH'] }),
  row('very high, and a yes to another question', '5301', 'asked;code=VERY_HIGH', {
    confirmed: ['BELOW_PREVIOUS'],
    proposal: '100200300 T1=5031',
  }),
  row('two flags known before', '5000', 'accepted;flags="NO_SERIAL OLD_ACCOUNT"', {
    flags: ['OLD_ACCOUNT', 'NO_SERIAL'],
  }),
  row('flags known before join in their order', '5181', 'accepted;flags="HIGH NO_SERIAL OLD_ACCOUNT OUT_OF_WINDOW"', {
    flags: ['OLD_ACCOUNT', 'NO_SERIAL'],
    receivedAt: '2026-11-26T03:00:00Z',
    meter: meter([{ lastDate: '2026-10-27' }]),
  }),
  // Rule 21
  row('registers swapped', '40439 68373', 'asked;code=BELOW_PREVIOUS', {
    meter: meter([{ lastValue: '68200' }, { lastValue: '40200' }]),
    proposal: '100200300 T1=68373 T2=40439',
  }),
  row('neighbouring digits swapped', '26486', 'asked;code=BELOW_PREVIOUS', {
    meter: meter([{ lastValue: '26600' }]),
    proposal: '100200300 T1=26846',
  }),
  row('neighbouring digits swapped, a zero comes to the front', '50900', 'asked;code=VERY_HIGH', {
    meter: meter([{ lastValue: '5700', monthlyUsage: '8000' }], { service: 'GAS' }),
    proposal: '100200300 T1=5900',
  }),
  row('a zero in front belongs to the digits', '00598', 'asked;code=BELOW_PREVIOUS', {
    meter: meter([{ lastValue: '4900' }]),
    proposal: '100200300 T1=5098',
  }),
  row('no zero in front, none to swap', '598', 'asked;code=BELOW_PREVIOUS', { meter: meter([{ lastValue: '4900' }]) }),
  row('fraction typed as whole digits', '4617', 'asked;code=VERY_HIGH', {
    meter: fraction,
    proposal: '100200300 T1=461',
  }),
  row('no fraction on the dial, none to cut', '4617', 'asked;code=VERY_HIGH', {
    meter: meter([{ digits: 4, lastValue: '260' }]),
  }),
  row('fraction of both registers typed as whole digits', '4617 3205', 'asked;code=VERY_HIGH', {
    meter: fractions,
    proposal: '100200300 T1=461 T2=320',
  }),
  row('fraction of one register of two typed as whole digits', '4617 320', 'asked;code=VERY_HIGH', {
    meter: fractions,
    proposal: '100200300 T1=461 T2=320',
  }),
  row('fraction of water typed as whole digits is kept', '00090123', 'asked;code=VERY_HIGH', {
    meter: water,
    proposal: '100200300 T1=90.123',
  }),
  row('a fraction longer than a value may have is cut', '18101234', 'asked;code=TOO_MANY_DIGITS', {
    meter: meter([{ decimals: 4, lastValue: '1800.5' }], { service: 'GAS' }),
    proposal: '100200300 T1=1810.123',
  }),
  row('the sum typed as the first', '6500 1500', 'asked;code=VERY_HIGH', {
    meter: two,
    proposal: '100200300 T1=5000 T2=1500',
  }),
  row("another meter's values", '2000', 'asked;code=BELOW_PREVIOUS', {
    others: [meter([{ lastValue: '1800' }], { meter: '100200301' })],
    proposal: '100200301 T1=2000',
  }),
  row("an archived meter's values", '2000', 'asked;code=BELOW_PREVIOUS', {
    others: [meter([{ lastValue: '1800' }], { meter: '100200301', status: 'ARCHIVED' })],
  }),
  row("another service's values", '2000', 'asked;code=BELOW_PREVIOUS', {
    others: [meter([{ lastValue: '1800' }], { meter: '100200301', service: 'GAS' })],
  }),
  row('a meter with another number of registers', '2000', 'asked;code=BELOW_PREVIOUS', {
    others: [meter([{ lastValue: '1800' }, { lastValue: '0' }], { meter: '100200301' })],
  }),
  row('no sum can be less than its parts', '170 200', 'asked;code=BELOW_PREVIOUS', {
    meter: meter([{ lastValue: '99950', monthlyUsage: '0' }, { lastValue: '150' }]),
  }),
  row('two repairs are none', '2000', 'asked;code=BELOW_PREVIOUS', {
    others: [
      meter([{ lastValue: '1800' }], { meter: '100200301' }),
      meter([{ lastValue: '1900' }], { meter: '100200302' }),
    ],
  }),
  row('a proposal that was taken', '5000 1500', 'accepted;flags="CONFIRMED"', {
    meter: two,
    confirmed: ['VERY_HIGH'],
    proposalTaken: true,
  }),
  row('a taken proposal is judged afresh', '5301', 'asked;code=VERY_HIGH', {
    confirmed: ['VERY_HIGH'],
    proposalTaken: true,
  }),
]
