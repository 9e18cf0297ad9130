/** Buttons under a message: those of the open questions, of corrections, and the menu. Labels of 40 characters at most. */
import type { ChatButton } from '../../core/chat.ts'
import type { Item, Language } from '../../core/delivery.ts'
import type { Account, Meter } from '../../core/facts.ts'
import { isSameAccount } from '../accounts.ts'
import { holdsReading, isConfirmable, type Open } from '../conversation/state.ts'
import { activeMeters } from '../meters.ts'
import type { ChatMessages } from './messages.ts'
import { type MenuItem, meterRef, type Press, questionRef, written } from './presses.ts'
import { type ChatMoment, chatMessagesIn, meterByRef } from './turn.ts'

/** Buttons under a message, row by row. */
export type Rows = readonly (readonly ChatButton[])[]

/** Rows that every messenger shows, and those of them that are left beside the menu's four. */
export const ROWS_MAX = 12
const FREE_ROWS_MAX = ROWS_MAX - 4
/** Buttons that fit there, two in a row. */
export const FREE_BUTTONS_MAX = 2 * FREE_ROWS_MAX
/** Letters of a label; a longer one is cut. */
export const LABEL_LETTERS_MAX = 40

/** Rows beside the menu's: where there are too many, buttons that had one for themselves share it with the next. */
export function freeRows(rows: Rows): Rows {
  if (rows.length <= FREE_ROWS_MAX) return rows
  const shared: Rows[number][] = []
  for (const row of rows) {
    const last = shared.at(-1)
    if (last?.length === 1 && row.length === 1) shared[shared.length - 1] = [...last, ...row]
    else shared.push(row)
  }
  return shared.slice(0, FREE_ROWS_MAX)
}

/** A button that says something when pressed. */
export function button(label: string, press: Press): ChatButton {
  return { kind: 'press', label: label.slice(0, LABEL_LETTERS_MAX), press: written(press) }
}

/** `*0488`: the last 4 digits of an account or serial. */
export function tail(number: string): string {
  return `*${number.replace(/[^\d\p{L}]/gu, '').slice(-4)}`
}

/** What is under every message. */
export function menuRows(messages: ChatMessages, language: Language, canCancel: boolean): Rows {
  const { labels } = messages
  const item = (name: MenuItem) => button(labels[name], { kind: 'menu', item: name })
  const other = language === 'ru' ? 'en' : 'ru'
  return [
    ...(canCancel ? [[item('cancel')]] : []),
    [item('pass')],
    [item('meters'), item('sent')],
    [item('help'), button(labels.language, { kind: 'language', language: other })],
  ]
}

/** A way to be bound: the own phone number, or account and serial. */
export function bindRows({ labels }: ChatMessages): Rows {
  return [[{ kind: 'contact', label: labels.contact }], [button(labels.bind, { kind: 'menu', item: 'bind' })]]
}

/** `Свет *5057`; with the account's last digits where there are several accounts. */
function meterLabel({ service, meter }: Meter, account: Account, { senders, language }: ChatMoment): string {
  const messages = chatMessagesIn(language)
  const name = `${messages.services[service]} ${tail(meter)}`
  return senders.length > 1 ? `${name}, ${messages.account(tail(account.account))}` : name
}

/** A row for each active meter of these accounts. */
export function meterRows(moment: ChatMoment, accounts: readonly Account[], press: (ref: string) => Press): Rows {
  return accounts.flatMap((account) =>
    activeMeters(account).map((meter) => [
      button(meterLabel(meter, account, moment), press(meterRef({ ...account, meter: meter.meter }))),
    ]),
  )
}

/** The buttons that answer the open questions. `isOneOfMany`: the message is about other meters too. */
export function questionRows(moment: ChatMoment, open: readonly Open[], isOneOfMany = open.length > 1): Rows {
  const confirming = open.filter(isConfirmable).map((one) => confirmingRow(moment, one, isOneOfMany))
  const [first] = open
  return [...confirming, ...(first === undefined ? [] : choiceRows(moment, first))]
}

function confirmingRow({ language }: ChatMoment, open: Open, isOneOfMany: boolean): Rows[number] {
  const { labels } = chatMessagesIn(language)
  const which = isOneOfMany && open.about?.meter != null ? ` ${tail(open.about.meter)}` : ''
  const question = questionRef(open)
  return (['yes', 'no', 'fix'] as const).map((kind) => button(labels[kind] + which, { kind, question }))
}

/** Bound meters of which the values of a question may be: nobody else's are ever listed. */
function choiceRows(moment: ChatMoment, open: Open): Rows {
  if (open.about?.meter != null || open.proposal !== null) return []
  const { about, candidates } = open
  const meant = about === null ? candidates : [about]
  const isMeant = (one: Account) => meant.some((other) => isSameAccount(one, other))
  const accounts = meant.length === 0 ? moment.senders : moment.senders.filter(isMeant)
  const question = questionRef(open)
  return meterRows(moment, accounts, (meter) =>
    holdsReading(open) ? { kind: 'choose', question, meter } : { kind: 'meter', meter },
  )
}

function isOf({ about }: Open, ref: string): boolean {
  return about?.meter != null && meterRef({ ...about, meter: about.meter }) === ref
}

/**
 * «Исправить» for each meter of which a reading was settled now, where the chat can find it again and no question about
 * it has a button of that name.
 */
export function correctionRows(moment: ChatMoment, items: readonly Item[]): Rows {
  const { labels } = chatMessagesIn(moment.language)
  const settled = items.filter(({ outcome }) => outcome.kind !== 'asked' && outcome.kind !== 'none')
  return settled.flatMap(({ branch, account, meter }): Rows => {
    if (branch === null || account === null || meter === null) return []
    const ref = meterRef({ branch, account, meter })
    if (moment.state.open.some((open) => isConfirmable(open) && isOf(open, ref))) return []
    const isOneOfMany = settled.length > 1 || moment.state.open.length > 0
    const label = isOneOfMany ? `${labels.fix} ${tail(meter)}` : labels.fix
    return meterByRef(moment, ref) === null ? [] : [[button(label, { kind: 'meter', meter: ref })]]
  })
}
