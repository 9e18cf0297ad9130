/**
 * Every code that an outcome may carry, in order of precedence: where two would fit, the earlier one is said.
 * `rule` is the number in the rules of the field (src/core/README.md), `outcomes` the kinds it comes with.
 */
export const codes = {
  // No submission in it (B 14).
  OPT_OUT: { rule: 14, outcomes: ['none'], meaning: 'The sender wants no more receipts; readings still count.' },
  CANCELLED: { rule: 14, outcomes: ['none'], meaning: 'The sender dropped the open proposal.' },
  HELP: { rule: 14, outcomes: ['none'], meaning: 'No submission: a greeting, thanks, a call for help.' },
  // Who and which meter (A).
  REGISTRY_UNAVAILABLE: {
    rule: 25,
    outcomes: ['held'],
    meaning: 'The registry is empty, stale or down; judged later.',
  },
  OLD_ACCOUNT: { rule: 5, outcomes: ['rejected'], meaning: 'An old account number, where the branch refuses those.' },
  ACCOUNT_UNKNOWN: { rule: 3, outcomes: ['rejected'], meaning: 'No such account.' },
  ACCOUNT_NEEDED: { rule: 13, outcomes: ['asked'], meaning: 'It is not clear which account is meant.' },
  OTHER_SERVICE: { rule: 10, outcomes: ['rejected'], meaning: 'The account has no meter of that service with us.' },
  METER_MISMATCH: { rule: 7, outcomes: ['rejected'], meaning: 'That serial is not on that account.' },
  METER_REPLACED: { rule: 7, outcomes: ['held'], meaning: 'The meter was replaced by another one.' },
  METER_ARCHIVED: { rule: 7, outcomes: ['rejected'], meaning: 'The meter is no longer in use.' },
  METER_NEEDED: { rule: 13, outcomes: ['asked'], meaning: 'The account has several meters and none was named.' },
  UNCONFIRMED: { rule: 32, outcomes: ['asked', 'held'], meaning: 'Spoken or keyed in a call, and not confirmed yet.' },
  UNREADABLE: {
    rule: 24,
    outcomes: ['held', 'rejected'],
    meaning: 'A paper slip that no machine read surely: a person has to look at it, or could not read it either.',
  },
  OUT_OF_WINDOW: { rule: 2, outcomes: ['rejected'], meaning: 'Outside the window, where the branch refuses that.' },
  // The values (B 11, C), in the order of the rules.
  VALUES_NEEDED: { rule: 13, outcomes: ['asked'], meaning: 'No value was given.' },
  BAD_VALUE: {
    rule: 11,
    outcomes: ['asked', 'rejected'],
    meaning: 'A value is not a number; asked where one repair is plain.',
  },
  SUPERSEDED: { rule: 23, outcomes: ['rejected'], meaning: 'A later reading of the same meter and period stands.' },
  OPERATOR_STANDS: {
    rule: 23,
    outcomes: ['held'],
    meaning: "An operator's reading stands, which a customer never supersedes.",
  },
  FEW_VALUES: { rule: 16, outcomes: ['asked'], meaning: 'Fewer values than registers.' },
  EXTRA_VALUES: { rule: 16, outcomes: ['rejected'], meaning: 'More values than registers.' },
  TOO_MANY_DIGITS: { rule: 17, outcomes: ['asked', 'rejected'], meaning: 'More digits than the dial has.' },
  BELOW_PREVIOUS: {
    rule: 18,
    outcomes: ['asked', 'held'],
    meaning: 'Less than the last billed value, and no rollover.',
  },
  OVER_CAP: { rule: 19, outcomes: ['asked', 'held'], meaning: 'More than the connection can carry.' },
  VERY_HIGH: { rule: 20, outcomes: ['asked'], meaning: 'Far more than usual.' },
} as const satisfies Record<string, { rule: number; outcomes: readonly string[]; meaning: string }>

/** A code of an outcome; its place in `codes` is its precedence. */
export type Code = keyof typeof codes

/** What an accepted reading carries besides its values; written in alphabetical order (part C of the rules). */
export const flags = {
  CONFIRMED: { rule: 14, meaning: 'The customer, or an operator, confirmed a doubtful value or took a proposal.' },
  HIGH: { rule: 20, meaning: 'A register used more than 1.6 times the usual.' },
  LOW: { rule: 20, meaning: 'A register used less than 0.4 of the usual, but not nothing.' },
  NO_SERIAL: { rule: 6, meaning: "Neither the whole serial nor the sender's phone named the meter." },
  OLD_ACCOUNT: { rule: 5, meaning: 'Sent with the account number from before a change.' },
  OUT_OF_WINDOW: { rule: 2, meaning: 'Received before or after the window.' },
  ROLLOVER: { rule: 18, meaning: 'The dial of a register went over its top, so that `value` is below `previous`.' },
  ZERO: { rule: 22, meaning: 'Nothing was used on any register.' },
} as const satisfies Record<string, { rule: number; meaning: string }>

/** A flag of an accepted reading. */
export type Flag = keyof typeof flags
