import { afterAll, beforeAll } from 'vitest'
import { type FakeViber, openFakeViber, viberRequest } from '../../src/cli/demo/fakes/viber-server.ts'
import { type ChatHouse, openChatHouse, type Posted, viberToken } from './chat-house.ts'

/** A gateway and the fake Viber that it speaks to, for the tests of one file. */
export function withViber() {
  const parts = {} as { fake: FakeViber; house: ChatHouse }
  beforeAll(async () => {
    parts.fake = await openFakeViber(viberToken)
    parts.house = await openChatHouse({ VIBER_API_URL: parts.fake.url })
  })
  afterAll(async () => {
    await parts.house.end()
    await parts.fake.close()
  })
  /** Posts an event as Viber does; `headers` come last and win, an undefined one is left out. */
  const post = (body: string, headers: object = {}): Promise<Posted> => {
    const signed = viberRequest(viberToken, body)
    return parts.house.post({ url: '/channels/viber', headers: { ...signed.headers, ...headers }, body })
  }
  return Object.assign(parts, { post })
}

let tokens = 4_900_000_000_000_000_000n
/** An event, its token written as Viber writes it: a number. */
export function eventBody(event: string, fields: object = {}, token: bigint = tokens++): string {
  return JSON.stringify({ event, timestamp: 1_457_764_197_627, ...fields }).replace('{', `{"message_token":${token},`)
}

/** A user as Viber shows one. */
export const user = (id: string) => ({
  id,
  name: 'Anna',
  avatar: 'https://x',
  country: 'RU',
  language: 'ru',
  api_version: 10,
})

/** A message of that user. */
export const message = (from: string, fields: object, token?: bigint) =>
  eventBody('message', { sender: user(from), message: { tracking_data: '', ...fields }, silent: false }, token)

/** A text of that user. */
export const text = (from: string, said: string, token?: bigint) => message(from, { type: 'text', text: said }, token)
