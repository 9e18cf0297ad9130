/** Outcomes and open questions as a chat says them: in full, with one register asked for at a time. */
import type { Item, Language, ShownValue } from '../core/delivery.ts'
import type { Account, Meter } from '../core/facts.ts'
import { accountIn } from './accounts.ts'
import { tail } from './chat-buttons.ts'
import { type ChatMoment, chatMessagesIn } from './chat-turn.ts'
import { listed, messagesIn, sentence } from './render.ts'
import type { Open } from './state.ts'
import type { ReadValue } from './values.ts'

/** The shortest of the messengers' limits is Telegram's 4,096; what is longer is cut. */
export const MESSAGE_LETTERS_MAX = 4_000

/** What is said about one item. */
export function itemText(item: Item, language: Language): string {
  const isAsked = item.outcome.kind === 'asked'
  const [next] = item.missing
  if (!isAsked || next === undefined || item.meter === null) return sentence(item, messagesIn(language))
  const messages = chatMessagesIn(language)
  const zone = messagesIn(language).zones[next.zone]
  const taken = listed(item.values, messagesIn(language))
  if (taken === '') return messages.value(tail(item.meter), zone)
  return messages.nextValue(tail(item.meter), zone, taken)
}

/** An open question once more. It is not judged again: what was asked is what is asked. */
export function questionText(open: Open, moment: ChatMoment): string {
  return itemText(itemOfOpen(open, moment), moment.language)
}

function itemOfOpen({ code, about, values, proposal }: Open, { facts }: ChatMoment): Item {
  const account = about === null ? undefined : accountIn(facts, about)
  const meter = account?.meters.find((one) => one.meter === about?.meter) ?? null
  const shown = shownValues(values, meter)
  const proposed = account?.meters.find((one) => one.meter === proposal?.meter) ?? null
  return {
    outcome: { kind: 'asked', code },
    branch: about?.branch ?? null,
    account: about?.account ?? null,
    meter: about?.meter ?? null,
    service: meter?.service ?? null,
    period: null,
    values: shown,
    proposal: proposal && { meter: proposal.meter, values: shownValues(proposal.values, proposed) },
    missing: code === 'VALUES_NEEDED' || code === 'FEW_VALUES' ? missingOf(meter, shown) : [],
    window: null,
  }
}

/** Labelled values on their registers, the others on what is left, in register order; bare where the registry is away. */
function shownValues(values: readonly ReadValue[], meter: Meter | null): readonly ShownValue[] {
  if (meter === null) return values.map(({ register, value }) => ({ register: register ?? '', zone: 'TOTAL', value }))
  const unlabelled = values.filter(({ register }) => register === null)
  return meter.registers.flatMap(({ register, zone }) => {
    const found = values.find((one) => one.register === register) ?? unlabelled.shift()
    return found === undefined ? [] : [{ register, zone, value: found.value }]
  })
}

function missingOf(meter: Meter | null, shown: readonly ShownValue[]): Item['missing'] {
  const left = (meter?.registers ?? []).filter(({ register }) => !shown.some((one) => one.register === register))
  return left.map(({ register, zone }) => ({ register, zone }))
}

/** `Свет *5057`. */
export function meterName({ service, meter }: Meter, language: Language): string {
  return `${chatMessagesIn(language).services[service]} ${tail(meter)}`
}

/** `Счёт *0488`, as a line begins. */
export function accountLine({ account }: Pick<Account, 'account'>, language: Language): string {
  const name = chatMessagesIn(language).account(tail(account))
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Lines as one message. */
export function messageText(lines: readonly string[]): string {
  const text = lines.join('\n')
  return text.length <= MESSAGE_LETTERS_MAX ? text : `${text.slice(0, MESSAGE_LETTERS_MAX - 1)}…`
}
