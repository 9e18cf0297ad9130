/** A photo of a bill with a reading written under it: the code says whose it is, the words what the meter shows. Pure. */
import type { ChatInput } from '../../core/chat.ts'
import { lex } from '../../language/lex.ts'
import { isNumeric, type Lexed } from '../../language/token.ts'
import { findMeter } from '../form-meter.ts'
import { whose } from '../items-and-events.ts'
import { identityTurn } from './bind.ts'
import { textTurn } from './text.ts'
import { type ChatMoment, type ChatTurn, plainTurn } from './turn.ts'

type Identity = Extract<ChatInput, { kind: 'identity' }>

/** The caption with the bill's account and serial before it, as if all had been typed; null: there is no number in it. */
export function captionIn({ account, meter, caption = '' }: Identity): Lexed | null {
  const lexed = lex(caption)
  if (!lexed.tokens.some(isNumeric)) return null
  const { tokens } = lex(`лс ${account}\n${meter ?? ''}`)
  return { ...lexed, tokens: [...tokens, ...lexed.tokens] }
}

/** A serial that is not on the bill's account is refused (rule 7): as a number among others it could pass for a value. */
export function captionTurn(moment: ChatMoment, identity: Identity, lexed: Lexed): ChatTurn {
  const { account, meter, caption = '' } = identity
  const found = meter === null || moment.facts.registry !== 'ready' ? null : findMeter({ account, meter }, moment.facts)
  const problem = found !== null && 'outcome' in found ? found : null
  if (problem?.outcome.kind === 'asked') return identityTurn(moment, identity)
  const isOther = problem?.outcome.kind === 'rejected' && problem.outcome.code === 'METER_MISMATCH'
  if (isOther) return plainTurn(moment, { parts: [{ outcome: problem.outcome, item: whose(problem) }] })
  // A reading leaves no doubt whether an account was to be bound alone.
  return textTurn({ ...moment, chat: { ...moment.chat, binding: null } }, caption, lexed)
}
