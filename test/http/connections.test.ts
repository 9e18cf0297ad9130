import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from './house.ts'

/** Writes the parts with pauses, and answers what came back until the other side closed, and after how many ms that was. */
function talk(url: string, parts: readonly string[], pauseMs: number): Promise<{ said: string; ms: number }> {
  const { hostname, port } = new URL(url)
  const startedMs = performance.now()
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let said = ''
    const rest = [...parts]
    const write = () => {
      const part = rest.shift()
      if (part !== undefined && socket.writable) socket.write(part)
    }
    const timer = setInterval(write, pauseMs)
    socket.on('connect', write)
    socket.on('data', (data) => {
      said += data.toString()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ said, ms: performance.now() - startedMs })
    })
  })
}

describe.concurrent('a connection', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse({ PUBLIC_URL: 'https://readings.example.ru:8443' })
  })
  afterAll(() => house.end())

  const start = 'POST /channels/sms/twilio HTTP/1.1\r\nHost: x\r\n'
  const form = 'Content-Type: application/x-www-form-urlencoded\r\n'

  test('with headers that never end is cut after some seconds', async () => {
    const drops = Array.from({ length: 100 }, (_, number) => `X-Drop-${number}: 1\r\n`)
    const { said, ms } = await talk(house.url, [start, ...drops], 250)
    expect(said).toMatch(/^HTTP\/1\.1 408 /)
    expect(ms).toBeLessThan(8_000)
  })

  test('with a body that never ends is cut', async () => {
    const { said, ms } = await talk(house.url, [`${start}${form}Content-Length: 1000\r\n\r\n`, ...'a'.repeat(200)], 250)
    expect(said).toMatch(/^HTTP\/1\.1 408 /)
    expect(ms).toBeLessThan(13_000)
  })

  test.each([
    ['headers of 64 kB', `${start}${'X-Flood: yes, all of it\r\n'.repeat(2_700)}\r\n`, 431],
    ['one header of 16 kB', `${start}X-Flood: ${'x'.repeat(16_384)}\r\n\r\n`, 431],
    ['something that is no HTTP', '\u0016\u0003\u0001\u0002\u0000', 400],
    ['two lengths', `${start}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400],
    ['a length and chunks', `${start}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    [
      'a whole address where the path belongs, and a signature that is none',
      `POST http://elsewhere.example/channels/sms/twilio HTTP/1.1\r\nHost: x\r\n${form}X-Twilio-Signature: ${'A'.repeat(28)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      403,
    ],
    ['a body that says it is too long', `${start}${form}Content-Length: 99999999\r\n\r\n`, 413],
  ])('with %s is refused', async (_why, bytes, status) => {
    const { said } = await talk(house.url, [bytes], 60_000)
    expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })

  test('with chunks beyond the limit is refused', async () => {
    const chunk = `1000\r\n${'a'.repeat(4_096)}\r\n`
    const { said } = await talk(
      house.url,
      [`${start}${form}Transfer-Encoding: chunked\r\n\r\n`, ...Array(8).fill(chunk)],
      10,
    )
    expect(said).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('that breaks off leaves the gateway as it was', async () => {
    const { hostname, port } = new URL(house.url)
    for (let number = 0; number < 50; number += 1) {
      const socket = connect(Number(port), hostname)
      await new Promise((resolve) => socket.on('connect', resolve))
      socket.write(`${start}${form}Content-Length: 1000\r\n\r\nabc`)
      socket.resetAndDestroy()
    }
    expect((await fetch(`${house.url}/livez`)).status).toBe(200)
  })
})
