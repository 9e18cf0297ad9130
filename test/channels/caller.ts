import type { RawRequest } from './contract.ts'
import { signedForm } from './providers.ts'

/** What a caller hears, and what is listened to then. */
export interface Hears {
  readonly status: number
  /** `x-reading-outcome`. */
  readonly outcome: string
  readonly twiml: string
  /** Everything that is said, in order. */
  readonly say: readonly string[]
  /** The address of the open `<Gather>`; null: nothing is listened to. */
  readonly action: string | null
  /** Last part of that address: the step. */
  readonly step: string | null
  /** Its `?register=`. */
  readonly register: string | null
  readonly input: string | null
  /** `<Dial>`'s number, and the address that whispers to who takes the call; null: none. */
  readonly dial: { readonly number: string; readonly url: string; readonly action: string } | null
  readonly hangsUp: boolean
}

/** Sends a request to the gateway. */
export type Post = (raw: RawRequest) => Promise<Response>

/** One call of somebody who knows nothing but the TwiML that he gets. */
export interface Call {
  readonly sid: string
  dial(): Promise<Hears>
  /** Presses keys; at the last question unless another address is given. */
  keys(digits: string, action?: string | null): Promise<Hears>
  speech(heard: string, action?: string | null): Promise<Hears>
  silence(): Promise<Hears>
  hangUp(): Promise<Hears>
  /** The fields of a request of this call, signed for that address. */
  request(url: string, fields: Readonly<Record<string, string>>): Promise<Hears>
  /** What was heard last. */
  now(): Hears
}

let calls = 0

/** A call from that number; `sid`: its id, absent: a new one. */
export function callFrom(post: Post, from: string, sid = `CA${String(++calls).padStart(32, '0')}`): Call {
  let last: Hears | null = null
  const now = () => {
    if (last === null) throw new Error('nobody was called yet')
    return last
  }
  const request = async (url: string, fields: Readonly<Record<string, string>>) => {
    const own = { CallSid: sid, AccountSid: 'AC00000000000000000000000000000000', From: from, To: '+74160000000' }
    return heardIn(await post(signedForm(url, { ...own, Direction: 'inbound', CallStatus: 'in-progress', ...fields })))
  }
  const step = async (url: string | null, fields: Readonly<Record<string, string>>) => {
    if (url === null) throw new Error(`nothing is listened to after ${now().say.join(' ')}`)
    last = await request(url, fields)
    return last
  }
  return {
    sid,
    dial: () => step('/channels/ivr/twilio', { CallStatus: 'ringing' }),
    keys: (Digits, action = now().action) => step(action, { Digits, FinishedOnKey: '#' }),
    speech: (SpeechResult, action = now().action) => step(action, { SpeechResult, Confidence: '0.91' }),
    silence: () => step(now().action, {}),
    hangUp: () => step('/channels/ivr/twilio/status', { CallStatus: 'completed', CallDuration: '42' }),
    request,
    now,
  }
}

async function heardIn(response: Response): Promise<Hears> {
  const twiml = await response.text()
  const gather = tag(twiml, 'Gather')
  const dial = tag(twiml, 'Dial')
  const number = /<Number([^>]*)>([^<]*)</.exec(twiml)
  const action = gather?.['action'] ?? null
  const url = action === null ? null : new URL(action, 'https://readings.example.ru')
  return {
    status: response.status,
    outcome: response.headers.get('x-reading-outcome') ?? '',
    twiml,
    say: [...twiml.matchAll(/<Say[^>]*>([^<]*)</g)].map(([, text = '']) => plain(text)),
    action,
    step: url?.pathname.split('/').at(-1) ?? null,
    register: url?.searchParams.get('register') ?? null,
    input: gather?.['input'] ?? null,
    dial:
      dial === null || number === null
        ? null
        : { number: number[2] ?? '', url: attributes(number[1] ?? '')['url'] ?? '', action: dial['action'] ?? '' },
    hangsUp: twiml.includes('<Hangup/>'),
  }
}

function tag(twiml: string, name: string): Readonly<Record<string, string>> | null {
  const found = new RegExp(`<${name}([^>]*)>`).exec(twiml)
  return found === null ? null : attributes(found[1] ?? '')
}

function attributes(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, plain(value)]),
  )
}

function plain(xml: string): string {
  return xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
