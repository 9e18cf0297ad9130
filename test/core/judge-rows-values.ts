import { branch, meter, standing } from './claims.ts'
import { type Row, row } from './judge-row.ts'

const two = meter([{ zone: 'DAY' }, { zone: 'NIGHT', lastValue: '1200' }])
const water = meter([{ decimals: 3, lastValue: '84.416', monthlyUsage: '8' }], { service: 'COLD_WATER' })
const sakhalin = { branch: branch('sakhalin') }
const late = { receivedAt: '2026-11-26T03:00:00Z', orderAt: '2026-11-26T03:00:00Z' }
const twoStand = { meter: two, standing: [standing({ T1: '5000', T2: '1500' })] }
const same = { standing: [standing({ T1: '5000' })] }
const byOperator = { standing: [standing({ T1: '5000' }, { byOperator: true })] }
const after = { standing: [standing({ T1: '5000' }, { orderAt: '2026-11-22T03:00:00.001Z' })] }

/** Rules 2, 11, 13, 16 and 23, in the order of precedence; both sides of every boundary. */
export const valueRows: readonly Row[] = [
  // Rule 2
  row('inside the window', '5000', 'accepted'),
  row('after the window', '5000', 'accepted;flags="OUT_OF_WINDOW"', late),
  row('after a window that refuses', '5000', 'rejected;code=OUT_OF_WINDOW', { ...sakhalin, ...late }),
  row('inside a window that refuses', '5000', 'accepted', sakhalin),
  row('a refusing window comes before all, also duplicates', '5000', 'rejected;code=OUT_OF_WINDOW', {
    ...sakhalin,
    ...late,
    standing: [standing({ T1: '5000' }, { period: '2026-12' })],
  }),
  row('a refusing window needs no value', '', 'rejected;code=OUT_OF_WINDOW', { ...sakhalin, ...late }),
  // Rule 23, the same values
  row('the same values again', '5000', 'duplicate', same),
  row('the same number with zeros and decimals', '05000,7', 'duplicate', same),
  row('the same values, older', '5000', 'duplicate', after),
  row('the same water written longer', '90.500', 'duplicate', { meter: water, standing: [standing({ T1: '90.5' })] }),
  row('the same values with their sum', '5000 1500 6500', 'duplicate', twoStand),
  row('one register of two says something else', '5000 1501', 'accepted', twoStand),
  row('a register that the standing reading lacks', '5000 1500', 'accepted', {
    meter: two,
    standing: [standing({ T1: '5000' })],
  }),
  row('the same values of another period', '5000', 'accepted', {
    standing: [standing({ T1: '5000' }, { period: '2026-10' })],
  }),
  row('the same values of another meter', '5000', 'accepted', {
    standing: [standing({ T1: '5000' }, { meter: '100200301' })],
  }),
  row('the same values on another account', '5000', 'accepted', {
    standing: [standing({ T1: '5000' }, { account: '2880000002' })],
  }),
  row('the same values on an account of that number elsewhere', '5000', 'accepted', {
    standing: [standing({ T1: '5000' }, { branch: 'sakhalin' })],
  }),
  row('implausible values that stand', '4000', 'duplicate', { standing: [standing({ T1: '4000' })] }),
  // Rule 13
  row('no value', '', 'asked;code=VALUES_NEEDED'),
  row('a value for a register that the meter lacks', 'T2=5000', 'asked;code=VALUES_NEEDED'),
  row('one label, two values', 'T1=5000 T1=5001', 'asked;code=VALUES_NEEDED'),
  row('one label, one value said twice', 'T1=5000 T1=05000', 'accepted'),
  // Rule 11
  row('letters', '12a', 'rejected;code=BAD_VALUE'),
  row('a minus', '-5000', 'rejected;code=BAD_VALUE'),
  row('an exponent', '5e3', 'rejected;code=BAD_VALUE'),
  row('nothing between the spaces', ' ', 'rejected;code=BAD_VALUE'),
  row('twelve digits, the most', '000000005000', 'accepted'),
  row('thirteen digits', '0000000005000', 'rejected;code=BAD_VALUE'),
  row('three decimals, the most', '5000.123', 'accepted'),
  row('four decimals', '5000.1234', 'rejected;code=BAD_VALUE'),
  row('one bad value of two', '5000 x', 'rejected;code=BAD_VALUE', { meter: two }),
  row('a bad value beside one that stands', '5000 x', 'rejected;code=BAD_VALUE', twoStand),
  // Rule 23, other values
  row('other values, received later', '5001', 'accepted', same),
  row('other values, received earlier', '5001', 'rejected;code=SUPERSEDED', after),
  row('other values, received at the same instant', '5001', 'accepted', {
    standing: [standing({ T1: '5000' }, { orderAt: '2026-11-22T03:00:00Z' })],
  }),
  row("a customer after an operator's", '5001', 'held;code=OPERATOR_STANDS', byOperator),
  row('an operator after an operator', '5001', 'accepted', { ...byOperator, byOperator: true }),
  row('an operator after a customer', '5001', 'accepted', { ...same, byOperator: true }),
  row("an operator's earlier one after a customer's", '5001', 'accepted', { ...after, byOperator: true }),
  row("an operator's earlier one after an operator's", '5001', 'rejected;code=SUPERSEDED', {
    standing: [standing({ T1: '5000' }, { byOperator: true, orderAt: '2026-11-22T03:00:00.001Z' })],
    byOperator: true,
  }),
  row("a customer's earlier one after an operator's", '5001', 'rejected;code=SUPERSEDED', {
    standing: [standing({ T1: '5000' }, { byOperator: true, orderAt: '2026-11-22T03:00:00.001Z' })],
  }),
  // Rule 16
  row('as many values as registers', '5000 1500', 'accepted', { meter: two }),
  row('one too few', '5000', 'asked;code=FEW_VALUES', { meter: two }),
  row('one register of two says the same', 'T1=5000', 'asked;code=FEW_VALUES', twoStand),
  row("one register of two says the same as an operator's", 'T1=5000', 'asked;code=FEW_VALUES', {
    meter: two,
    standing: [standing({ T1: '5000', T2: '1500' }, { byOperator: true })],
  }),
  row('one register of two says the same as a later reading', 'T1=5000', 'asked;code=FEW_VALUES', {
    meter: two,
    standing: [standing({ T1: '5000', T2: '1500' }, { orderAt: '2026-11-22T03:00:00.001Z' })],
  }),
  row('a bare value goes to the register without a label', 'T2=1500 5000', 'accepted', { meter: two }),
  row('one too many', '5000 6000', 'rejected;code=EXTRA_VALUES'),
  row('one too many that is one more', '5000 5001', 'rejected;code=EXTRA_VALUES'),
  row('the values that stand and one more', '5000 1500 7000', 'rejected;code=EXTRA_VALUES', twoStand),
  row('one register, the value twice', '5000 5000', 'accepted'),
  row('a register that the meter lacks beside one it has', 'T2=77 T1=5000', 'rejected;code=EXTRA_VALUES'),
  row('a register that the meter lacks says nothing', 'T1=5000 T2=0 T3=0', 'rejected;code=EXTRA_VALUES'),
  row('a register that the meter lacks says the same', 'T2=5000 T1=5000', 'rejected;code=EXTRA_VALUES'),
  row('a register that the meter lacks says the same behind it', 'T1=5000 T2=5000', 'rejected;code=EXTRA_VALUES'),
  row('a bad value of a register that the meter lacks', 'T2=x T1=5000', 'rejected;code=EXTRA_VALUES'),
  row('a register that the meter lacks beside bare values', '5000 1500 T3=300', 'rejected;code=EXTRA_VALUES', {
    meter: two,
  }),
  row('the sum in a register that the meter lacks', 'T1=5000 T2=1500 T3=6500', 'accepted', { meter: two }),
  row('the sum at the end', '5000 1500 6500', 'accepted', { meter: two }),
  row('the sum in front', '6500 5000 1500', 'accepted', { meter: two }),
  row('the sum off by one', '5000 1500 6501', 'accepted', { meter: two }),
  row('the sum off by two', '5000 1500 6502', 'rejected;code=EXTRA_VALUES', { meter: two }),
  row('the sum below by one', '5000 1500 6499', 'accepted', { meter: two }),
  row('the sum below by two', '5000 1500 6498', 'rejected;code=EXTRA_VALUES', { meter: two }),
  row('the sum and one more', '5000 1500 6500 13000', 'rejected;code=EXTRA_VALUES', { meter: two }),
  row('two of three could be the sum', '5000 0 5000', 'rejected;code=EXTRA_VALUES', { meter: two }),
  row('three registers, one as much as the others together', '6500 5000 1500', 'accepted', {
    meter: meter([{ lastValue: '6200' }, {}, { lastValue: '1200' }]),
  }),
  row('too many digits and too few values', '5000000', 'asked;code=FEW_VALUES', { meter: two }),
]
