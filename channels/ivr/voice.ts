import { publicPath } from '../../src/channel/public-path.ts'
import { twimlOf, type Verb } from '../../src/channel/twiml.ts'
import type { CallExpectation } from '../../src/core/call.ts'
import type { Answer } from '../../src/core/delivery.ts'
import { spoken } from '../../src/dialog/call/messages.ru.ts'

/** What a call is spoken with. */
export interface Voice {
  readonly publicUrl: string
  /** E.164 of the operators; undefined: there are none. */
  readonly operator: string | undefined
}

/** A pause of so many seconds after the last key, or before the first, ends an answer. */
const TIMEOUT_SECONDS = '5'
/** Operators' telephones ring for so long. */
const RING_SECONDS = '30'

/** What is said at a step, and what is listened to then. */
export function callTwiml({ spoken: said }: Answer, callSid: string, voice: Voice): string {
  if (said === undefined) return farewellTwiml([])
  const { say, expect, transfer } = said
  if (expect !== null) return twimlOf([gather(expect, say, voice)])
  if (transfer === undefined) return farewellTwiml(say)
  // Without operators, the promise of one at the end gives way to where to call.
  if (voice.operator === undefined) return farewellTwiml([...say.slice(0, -1), spoken({ say: 'noOperator' })])
  return twimlOf([...say.map(sayVerb), dial(voice.operator, callSid, voice)])
}

/** Said, and the call ends. */
export function farewellTwiml(say: readonly string[]): string {
  return twimlOf([...say.map(sayVerb), { verb: 'Hangup' }])
}

/** Said to the operator alone, before both are connected. */
export function whisperTwiml({ spoken: said }: Answer): string {
  return twimlOf((said?.say ?? []).map(sayVerb))
}

function sayVerb(text: string): Verb {
  return { verb: 'Say', attributes: { language: 'ru-RU' }, inside: [text] }
}

function gather(
  { of, step, register, speech, digits, hints }: CallExpectation,
  say: readonly string[],
  voice: Voice,
): Verb {
  const query = new URLSearchParams({ ...(register !== undefined && { register }), step })
  return {
    verb: 'Gather',
    attributes: {
      input: speech ? 'dtmf speech' : 'dtmf',
      action: `${pathOf(voice)}/${of}?${query}`,
      method: 'POST',
      actionOnEmptyResult: 'true',
      bargeIn: 'true',
      timeout: TIMEOUT_SECONDS,
      numDigits: digits === null ? undefined : String(digits),
      finishOnKey: '#',
      language: speech ? 'ru-RU' : undefined,
      speechTimeout: speech ? 'auto' : undefined,
      hints: speech && hints.length > 0 ? hints.join(', ') : undefined,
    },
    inside: say.map(sayVerb),
  }
}

/** What is known reaches the operator by a word in his ear: a number takes no parameters, and an address is no place for them. */
function dial(operator: string, callSid: string, voice: Voice): Verb {
  const url = `${pathOf(voice)}/operator?${new URLSearchParams({ call: callSid })}`
  return {
    verb: 'Dial',
    attributes: {
      action: `${pathOf(voice)}/transferred`,
      method: 'POST',
      timeout: RING_SECONDS,
      answerOnBridge: 'true',
    },
    inside: [{ verb: 'Number', attributes: { url, method: 'POST' }, inside: [operator] }],
  }
}

/** Twilio takes an address without a host for one of ours. */
function pathOf({ publicUrl }: Voice): string {
  return `${publicPath(publicUrl)}/channels/ivr/twilio`
}
