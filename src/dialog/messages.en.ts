import type { Messages, Words } from './messages.ts'

const months = 'January February March April May June July August September October November December'.split(' ')

/** “Send 1” would be read as an answer to give; a meter has up to three registers. */
const COUNTS = ['', 'one', 'two', 'three']

const NEW_ACCOUNT = 'Use the new number on the bill.'

function about({ meter }: Words): string {
  return meter === '' ? '' : `Meter ${meter}: `
}

/** One zone or none, or several. */
function readingOf(missing: string): string {
  return missing.includes(',') ? 'readings' : 'reading'
}

function proposed(words: Words): string {
  const typed = words.values === '' ? '' : `${words.values}? `
  return `${about(words)}${typed}Did you mean ${words.proposal}? Reply YES or NO.`
}

function toOperator({ meter, values }: Words): string {
  return values === ''
    ? `The reading of ${meter} went to an operator.`
    : `Sent to an operator for a check: ${meter} ${values}.`
}

/** English, the second language. */
export const en: Messages = {
  zones: { TOTAL: '', DAY: 'day', NIGHT: 'night', PEAK: 'peak', HALF_PEAK: 'half-peak' },
  decimalMark: '.',
  months,
  window: (fromDay, toDay, month) => `between ${fromDay} and ${toDay} ${months[month - 1]}`,
  otherMeter: (meter) => `meter ${meter}`,
  accepted: ({ meter, values, month, outOfWindow, oldAccount }) =>
    `Accepted: ${meter} ${values}, ${outOfWindow ? `counts for ${month}` : `for ${month}`}.` +
    (oldAccount ? ` ${NEW_ACCOUNT}` : ''),
  duplicate: ({ meter, values, month }) => `Already accepted: ${meter} ${values}, for ${month}.`,
  asked: {
    ACCOUNT_NEEDED: () => 'Please send your account number: it is on the bill.',
    METER_NEEDED: () => 'The account has several meters. Please send the number of yours.',
    UNCONFIRMED: (words) => `${about(words)}${words.values}. Is it right? Reply YES or NO.`,
    VALUES_NEEDED: ({ meter, missing }) =>
      `Please send the ${readingOf(missing)} of meter ${meter}${missing === '' ? '' : `: ${missing}`}.`,
    FEW_VALUES: ({ meter, missing }) =>
      `Meter ${meter}: please also send the ${readingOf(missing)}${missing === '' ? '' : `: ${missing}`}.`,
    BAD_VALUE: (words) => `${about(words)}did you mean ${words.proposal}? Reply YES or NO.`,
    TOO_MANY_DIGITS: (words) =>
      words.isOtherMeter
        ? proposed(words)
        : `${about(words)}too many digits. Did you mean ${words.proposal}? Reply YES or NO.`,
    BELOW_PREVIOUS: (words) =>
      words.proposal === ''
        ? `${about(words)}${words.values} is less than last time. Send the right one, or YES.`
        : proposed(words),
    OVER_CAP: proposed,
    VERY_HIGH: (words) =>
      words.proposal === ''
        ? `${about(words)}${words.values} is far more than usual. Right? YES or NO.`
        : proposed(words),
  },
  held: {
    REGISTRY_UNAVAILABLE: () => 'Received. We will check the reading later.',
    UNREADABLE: () => 'Slip received. An operator will read it.',
    METER_REPLACED: ({ meter }) => `Meter ${meter} was replaced. The reading went to an operator.`,
    UNCONFIRMED: toOperator,
    OPERATOR_STANDS: toOperator,
    BELOW_PREVIOUS: toOperator,
    OVER_CAP: toOperator,
  },
  rejected: {
    OLD_ACCOUNT: () => 'That account number is out of use. Please send the one on the bill.',
    ACCOUNT_UNKNOWN: () => 'No such account. Please check the number on the bill and send again.',
    OTHER_SERVICE: () => 'The account has no meter of that service. Please tell its supplier.',
    METER_MISMATCH: () => 'No such meter on that account. Please check its number, send again.',
    METER_ARCHIVED: ({ meter }) => `Meter ${meter} is out of use. Please send the one in use.`,
    UNREADABLE: () => 'Nobody can read the slip. Please send the reading again.',
    OUT_OF_WINDOW: ({ window }) => `We take no readings now. Please send it ${window}.`,
    BAD_VALUE: (words) => `${about(words)}the reading is unclear. Please send digits only.`,
    SUPERSEDED: ({ meter }) => `Meter ${meter} has a newer reading. This one does not count.`,
    EXTRA_VALUES: ({ meter, wanted }) => `Meter ${meter}: too many readings. Please send ${COUNTS[wanted] ?? wanted}.`,
    TOO_MANY_DIGITS: ({ meter }) => `Meter ${meter}: more digits than the dial. Please send again.`,
  },
  none: {
    HELP: () => 'Send account, meter number and reading, with spaces between them.',
    OPT_OUT: () => 'No more receipts. To get them again: START.',
    CANCELLED: () => 'Cancelled. Please send the right reading.',
  },
  newAccount: NEW_ACCOUNT,
  acceptedAll: (meters, month) => `Accepted for ${month}: ${meters}.`,
  duplicateAll: (meters, month) => `Already accepted for ${month}: ${meters}.`,
  heldAll: (meters) => `Sent to an operator: ${meters}.`,
  askedAll: (meters) => `Right? ${meters}. Reply YES or NO.`,
  askedOne: ({ meter, values, proposal }) =>
    `${meter}${values === '' ? '' : ` ${values}`}${proposal === '' ? '' : ` – perhaps ${proposal}`}`,
  acceptedSome: (accepted, all, month) => `Accepted ${accepted} of ${all}${month === '' ? '' : `, for ${month}`}.`,
  heldSome: (held) => `Sent to an operator: ${held}.`,
  sendOthers: 'Send the others one meter at a time.',
}
