import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../http/house.ts'

/** A request as a provider sends it. */
export interface RawRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the suite has to know of a route. */
export interface RouteUnderTest {
  readonly name: string
  /** The channel's name, as metrics have it. */
  readonly channel: string
  /** A message of that id and text, signed. */
  readonly message: (id: string, text: string) => RawRequest
  /** A signed event of a kind that nobody knows; null where all that comes is messages. */
  readonly unknown: RawRequest | null
  /** A signed request whose body can't be understood. */
  readonly unparseable: RawRequest
  /** Name of the header that proves who is calling. */
  readonly proof: string
  readonly bodyBytesMax: number
  /** Variables that turn the channel on, beside those of the house; absent: it is on there. */
  readonly env?: Readonly<Record<string, string>>
}

/** The suite that every webhook passes on which submissions come in. */
export function passesContract(route: RouteUnderTest): void {
  describe(`${route.name} keeps the contract of every channel`, () => {
    let house: House
    beforeAll(async () => {
      house = await openHouse(route.env)
    })
    afterAll(() => house.end())

    const post = ({ url, headers, body }: RawRequest) =>
      house.app.inject({ method: 'POST', url, headers: { ...headers }, payload: body })
    const noMessages = `gateway_turned_away_total{channel="${route.channel}",why="no_message"}`
    const isStored = async () => (await house.store.outboxState(0)).lastSeq > 0
    const metric = async (name: string) =>
      Number(new RegExp(`^${RegExp.escape(name)} (\\d+)$`, 'm').exec((await house.app.inject('/metrics')).body)?.[1])

    test('a message is answered 200 with its outcome', async () => {
      const response = await post(route.message('first', '12345'))
      expect([response.statusCode, response.headers['x-reading-outcome']]).toEqual([200, 'accepted'])
    })

    const { unknown } = route
    if (unknown !== null)
      test('an event of an unknown kind is answered 200, and nothing is received', async () => {
        const counted = [`gateway_items_received_total{channel="${route.channel}"}`, noMessages]
        const before = await Promise.all(counted.map(metric))
        const { statusCode, headers } = await post(unknown)
        expect([statusCode, headers['x-reading-outcome']]).toEqual([200, undefined])
        expect(await Promise.all(counted.map(metric))).toEqual([before[0], Number(before[1]) + 1])
      })

    test.each([
      ['no proof', (request: RawRequest) => without(request, route.proof)],
      ['an empty one', (request: RawRequest) => withHeader(request, route.proof, '')],
      [
        'one of the same length',
        (request: RawRequest) => withHeader(request, route.proof, changed(request.headers[route.proof])),
      ],
      [
        'one that goes on behind its end',
        (request: RawRequest) => withHeader(request, route.proof, `${request.headers[route.proof]}0`),
      ],
      ['one in letters beyond ASCII', (request: RawRequest) => withHeader(request, route.proof, 'é'.repeat(28))],
    ])('with %s a caller gets 403, an empty body, and nothing is received', async (_why, spoil) => {
      const before = await metric(`gateway_items_received_total{channel="${route.channel}"}`)
      const response = await post(spoil(route.message('forged', '12345')))
      expect([response.statusCode, response.body]).toEqual([403, ''])
      expect(await metric(`gateway_items_received_total{channel="${route.channel}"}`)).toBe(before)
      expect(await isStored()).toBe(false)
      const honest = await post(route.message('forged', 'hello'))
      expect(honest.headers['x-reading-outcome']).toBe('none;code=HELP')
    })

    test.each([
      ['text/plain', {}],
      ['application/xml', {}],
      ['multipart/form-data; boundary=x', {}],
      [null, { 'content-encoding': 'gzip' }],
    ])('media type %s %o is 415', async (type, more) => {
      const request = route.message('typed', '12345')
      const headers = { ...request.headers, ...(type !== null && { 'content-type': type }), ...more }
      const response = await post({ ...request, headers })
      expect([response.statusCode, response.body]).toEqual([415, expect.stringContaining('content-type')])
    })

    test.each(['charset=windows-1251', 'Charset="KOI8-R"'])(
      'letters other than UTF-8 (%s) are 415',
      async (letters) => {
        const request = route.message('letters', '12345')
        const type = `${request.headers['content-type']}; ${letters}`
        expect((await post(withHeader(request, 'content-type', type))).statusCode).toBe(415)
      },
    )

    test.each(['charset=utf-8', 'charset=UTF-8', 'Charset="utf-8"'])(
      'letters in UTF-8 (%s) are taken',
      async (letters) => {
        const request = route.message('own-letters', 'hello')
        const type = `${request.headers['content-type']}; ${letters}`
        expect((await post(withHeader(request, 'content-type', type))).statusCode).toBe(200)
      },
    )

    test('a body that says it is not packed is taken, in whatever letters', async () => {
      const request = withHeader(route.message('unpacked', 'hello'), 'content-encoding', 'Identity')
      expect((await post(request)).statusCode).toBe(200)
    })

    test('a body over the limit is 413', async () => {
      const response = await post(route.message('large', '1'.repeat(route.bodyBytesMax)))
      expect([response.statusCode, response.body]).toEqual([413, expect.stringContaining('larger')])
    })

    test('a body that is not parseable is 400', async () => {
      expect((await post(route.unparseable)).statusCode).toBe(400)
    })

    test('other methods are 405 and name the right one', async () => {
      const { url } = route.message('method', '1')
      const response = await house.app.inject({ method: 'PUT', url })
      expect([response.statusCode, response.headers['allow']]).toEqual([405, 'POST'])
    })

    test('the same delivery gets the same answer, in parallel and later', async () => {
      const again = () => post(route.message('again', '777'))
      const first = await Promise.all(Array.from({ length: 20 }, again))
      const answers = [...first, await again()].map(({ statusCode, body, headers }) =>
        JSON.stringify([statusCode, body, headers['x-reading-outcome']]),
      )
      expect(new Set(answers).size).toBe(1)
      expect(await metric(`gateway_repeated_deliveries_total{channel="${route.channel}"}`)).toBeGreaterThanOrEqual(20)
    })

    test('where the store fails it is 503 with Retry-After, and 200 once the store is back', async () => {
      house.breakStore(true)
      const failed = await post(route.message('unlucky', '888'))
      house.breakStore(false)
      expect([failed.statusCode, failed.headers['retry-after'], failed.body]).toEqual([503, '5', ''])
      expect((await post(route.message('unlucky', '888'))).statusCode).toBe(200)
    })

    test('where deciding fails it is 503, and the log says where but not what', async () => {
      expect((await post(route.message('fault', 'break the gateway'))).statusCode).toBe(503)
      const line = house.lines.find((one) => one.includes('"level":50') && one.includes('digits-dialog')) ?? ''
      expect(line).not.toBe('')
      expect(line).not.toContain('a fault of the gateway')
    })
  })
}

function without(request: RawRequest, name: string): RawRequest {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([header]) => header !== name))
  return { ...request, headers }
}

function withHeader(request: RawRequest, name: string, value: string): RawRequest {
  return { ...request, headers: { ...request.headers, [name]: value } }
}

function changed(proof = ''): string {
  const at = proof.length - 3
  return proof.slice(0, at) + (proof[at] === '0' ? '1' : '0') + proof.slice(at + 1)
}
