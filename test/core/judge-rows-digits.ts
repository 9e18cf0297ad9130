import { meter } from './claims.ts'
import { type Row, row } from './judge-row.ts'

const lately = meter([
  { lastValue: '50000', lastDate: '2026-11-21', monthlyUsage: null },
  { lastValue: '4900', lastDate: '2026-11-20', monthlyUsage: null },
])

/** Rule 17; both sides of every boundary. */
export const digitRows: readonly Row[] = [
  row('zeros beyond the dial', '0005000', 'accepted'),
  row('as many digits as the dial has', '5000', 'accepted', { meter: meter([{ digits: 4 }]) }),
  row('one digit more, one repair', '505999', 'asked;code=TOO_MANY_DIGITS', {
    meter: meter([{ lastValue: '50000' }]),
    proposal: '100200300 T1=50599',
  }),
  row('two digits more, one repair', '5012345', 'asked;code=TOO_MANY_DIGITS', {
    meter: meter([{ lastValue: '50000' }]),
    proposal: '100200300 T1=50123',
  }),
  row('one digit too many in the middle', '590123', 'asked;code=TOO_MANY_DIGITS', {
    meter: meter([{ lastValue: '50000' }]),
    proposal: '100200300 T1=50123',
  }),
  row('one digit more, several repairs', '501223', 'rejected;code=TOO_MANY_DIGITS', {
    meter: meter([{ lastValue: '50000' }]),
  }),
  row('one digit more, no repair', '987654', 'rejected;code=TOO_MANY_DIGITS'),
  row('three digits more', '50123456', 'rejected;code=TOO_MANY_DIGITS', { meter: meter([{ lastValue: '50000' }]) }),
  row('both registers too long', '505999 209999', 'asked;code=TOO_MANY_DIGITS', {
    meter: meter([{ lastValue: '50000' }, { lastValue: '20600' }]),
    proposal: '100200300 T1=50599 T2=20999',
  }),
  row('one repair in the longest time of the registers', '505999 5000', 'asked;code=TOO_MANY_DIGITS', {
    meter: lately,
    proposal: '100200300 T1=50599 T2=5000',
  }),
  row('one repair in its own time, several in the longest', '505010 5000', 'rejected;code=TOO_MANY_DIGITS', {
    meter: lately,
  }),
  row('one register of two too long', '505999 20999', 'asked;code=TOO_MANY_DIGITS', {
    meter: meter([{ lastValue: '50000' }, { lastValue: '20600' }]),
    proposal: '100200300 T1=50599 T2=20999',
  }),
  row('too long on the claimed meter, right on another', '105000', 'asked;code=TOO_MANY_DIGITS', {
    meter: meter([{ lastValue: '70000' }]),
    others: [meter([{ digits: 6, lastValue: '104800' }], { meter: '100200301' })],
    proposal: '100200301 T1=105000',
  }),
  row('too long, and the customer insists', '505999', 'rejected;code=TOO_MANY_DIGITS', {
    meter: meter([{ lastValue: '50000' }]),
    confirmed: ['TOO_MANY_DIGITS'],
  }),
]
