/** What the menu's buttons do: pass a reading, list meters, show what was sent, choose the language, leave. Pure. */
import { answeredAt, type Language } from '../../core/delivery.ts'
import type { Account } from '../../core/facts.ts'
import { monthOf, windowAt } from '../../core/period.ts'
import { isSameAccount } from '../accounts.ts'
import { shownOn } from '../claims/values.ts'
import { type About, holdsReading } from '../conversation/state.ts'
import { activeMeters } from '../meters.ts'
import { bareSentence, listed, messagesIn } from '../render.ts'
import { staleTurn, waitingQuestion } from './answers.ts'
import { bindRows, button, meterRows, type Rows, tail } from './buttons.ts'
import type { MenuItem } from './presses.ts'
import { accountLine, meterName } from './render.ts'
import { unbind } from './state.ts'
import { asksFor, boundMeter, type ChatMoment, type ChatTurn, chatMessagesIn, meterByRef, plainTurn } from './turn.ts'
import { closedTurn } from './window.ts'

/** A press on the menu. */
export function menuTurn(moment: ChatMoment, item: MenuItem): ChatTurn {
  const messages = chatMessagesIn(moment.language)
  if (item === 'pass') return passTurn(moment)
  if (item === 'meters') return metersTurn(moment)
  if (item === 'sent') return sentTurn(moment)
  if (item === 'bind') return bindTurn(moment)
  if (item === 'cancel') return cancelTurn(moment)
  return plainTurn(moment, { says: [messages.help] })
}

/** From now on everything is said in that language. */
export function languageTurn(moment: ChatMoment, language: Language): ChatTurn {
  const { chat, state } = moment
  const changed = { chat: { ...chat, language }, state: { ...state, language } }
  return plainTurn(moment, { ...changed, says: [chatMessagesIn(language).languageChosen] })
}

/** «Отмена»: whatever was open is dropped. */
function cancelTurn(moment: ChatMoment): ChatTurn {
  const { state, chat, language } = moment
  const left = { state: { ...state, open: [], kept: null }, chat: { ...chat, binding: null }, settled: state.open }
  return plainTurn(moment, { ...left, says: [chatMessagesIn(language).cancelled] }, 'CANCELLED')
}

/** The meter, where there are several; else its first register. */
function passTurn(moment: ChatMoment): ChatTurn {
  const { facts, senders, chat, state, language } = moment
  const messages = chatMessagesIn(language)
  const isAway = facts.registry !== 'ready' || senders.length < Math.min(chat.bindings.length, 1)
  if (isAway) return plainTurn(moment, { says: [messages.registryAway] })
  const meters = senders.flatMap((account) => activeMeters(account).map((meter) => ({ account, meter })))
  const [only] = meters
  if (senders.length === 0)
    return unboundTurn(moment, `${messages.notBound} ${bareSentence(messagesIn(language).none.HELP)}`)
  if (waitingQuestion(moment) !== null) return plainTurn(moment)
  if (only === undefined) return plainTurn(moment, { says: [messages.noMeters] })
  const taking = meters.map(({ account }) => account)
  const closed = closedTurn(moment, taking)
  if (closed !== null) return closed
  if (meters.length === 1) return asking(moment, boundMeter(only.account, only.meter.meter))
  const left = { ...state, open: state.open.filter(holdsReading) }
  if (left.open.length === 0) return asking({ ...moment, state: left }, null)
  const rows = meterRows(moment, senders, (meter) => ({ kind: 'meter', meter }))
  return plainTurn(moment, { chat: { ...chat, binding: null }, state: left, says: [messages.whichMeter], rows })
}

function asking(moment: ChatMoment, about: About | null): ChatTurn {
  return plainTurn(moment, { state: asksFor(moment, about), chat: { ...moment.chat, binding: null } })
}

function unboundTurn(moment: ChatMoment, said: string): ChatTurn {
  return plainTurn(moment, { says: [said], rows: bindRows(chatMessagesIn(moment.language)) })
}

/** A reading of that meter is asked for: chosen from a list, or to correct one that was accepted. */
export function meterTurn(moment: ChatMoment, ref: string): ChatTurn {
  const about = meterByRef(moment, ref)
  if (about === null) return staleTurn(moment)
  return closedTurn(moment, [about]) ?? asking(moment, about)
}

function metersTurn(moment: ChatMoment): ChatTurn {
  const { facts, senders, chat, language } = moment
  const messages = chatMessagesIn(language)
  if (chat.bindings.length === 0) return unboundTurn(moment, `${messages.notBound} ${messages.howToBind}`)
  const says = chat.bindings.flatMap((binding) => {
    const account = senders.find((one) => isSameAccount(one, binding))
    const meters = account === undefined ? [] : activeMeters(account)
    return [accountLine(binding, language), ...meters.map((meter) => `• ${meterName(meter, language)}`)]
  })
  const away = facts.registry === 'ready' ? [] : [messages.registryAway]
  const rows: Rows = chat.bindings.map(({ id, account }) => [
    button(`${messages.labels.unbind}: ${messages.account(tail(account))}`, { kind: 'unbind', id }),
  ])
  const open = moment.state.open.filter((one) => one.about !== null || holdsReading(one))
  const list = { says: [messages.metersTitle, ...says, ...away], rows: [...rows, ...bindRows(messages)] }
  return plainTurn(moment, { state: { ...moment.state, open }, ...list })
}

/** The bound account is let go, on request. */
export function unbindTurn(moment: ChatMoment, id: number): ChatTurn {
  const gone = moment.chat.bindings.find((one) => one.id === id)
  if (gone === undefined) return staleTurn(moment)
  const says = [chatMessagesIn(moment.language).unbound(tail(gone.account))]
  return plainTurn(moment, { ...unbind(moment.chat, moment.state, id), says })
}

/** Account and serial are asked for, or the phone number. */
function bindTurn(moment: ChatMoment): ChatTurn {
  const { chat, state, delivery, language } = moment
  const messages = chatMessagesIn(language)
  return plainTurn(moment, {
    chat: { ...chat, binding: { at: answeredAt(delivery), account: null } },
    state: { ...state, open: state.open.filter(holdsReading) },
    says: [messages.howToBind],
    rows: [[{ kind: 'contact', label: messages.labels.contact }]],
  })
}

/** What stands for the current period and later ones of the bound accounts, and for them only. */
function sentTurn(moment: ChatMoment): ChatTurn {
  const { facts, senders, chat, language } = moment
  const messages = chatMessagesIn(language)
  if (chat.bindings.length === 0) return unboundTurn(moment, `${messages.notBound} ${messages.howToBind}`)
  if (facts.registry !== 'ready') return plainTurn(moment, { says: [messages.registryAway] })
  const lines = senders.flatMap((account) => sentLines(moment, account))
  return plainTurn(moment, { says: lines.length === 0 ? [messages.nothingSent] : [messages.sentTitle, ...lines] })
}

function sentLines({ facts, house, delivery, senders, language }: ChatMoment, account: Account): readonly string[] {
  const branch = house.branches.get(account.branch)
  if (branch === undefined) return []
  const { day } = windowAt(branch, delivery.receivedAt)
  const month = new Date(day * 86_400_000).toISOString().slice(0, 7)
  const lines = facts.standing(account.branch, account.account).flatMap(({ meter, period, registers }) => {
    const known = account.meters.find((one) => one.meter === meter)
    if (known === undefined || period < month) return []
    const values = shownOn(known.registers, (register) => registers[register])
    const { months } = messagesIn(language)
    const shown = listed(values, messagesIn(language))
    return [
      `• ${chatMessagesIn(language).sentLine(meterName(known, language), shown, months[monthOf(period) - 1] ?? '')}`,
    ]
  })
  return lines.length > 0 && senders.length > 1 ? [accountLine(account, language), ...lines] : lines
}
