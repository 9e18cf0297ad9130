import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dice } from './fuzz-words.ts'

const FORM = 'POST /channels/sms/twilio HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n'

/** Bytes that no HTTP client would send. */
export function fuzzBytes(dice: Dice): Buffer {
  const text = dice.pick([
    'GET / HTTP/9.9\r\n\r\n',
    'GET /livez HTTP/1.1\r\n\r\n',
    'GET /livez\r\n\r\n',
    'GET  /livez HTTP/1.1\nHost: x\n\n',
    'GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET \u0000 HTTP/1.1\r\nHost: x\r\n\r\n',
    'CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'GET /livez HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: eA==\r\n\r\n',
    `GET /livez HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(3_000)}\r\n`,
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET /livez HTTP/1.1\r\nHost: x\r\nX: ${'b'.repeat(20_000)}\r\n\r\n`,
    `${FORM}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${FORM}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
    `${FORM}Content-Length: -1\r\n\r\n`,
    `${FORM}Content-Length: 99999999999999999999\r\n\r\n`,
    `${FORM}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`,
    `${FORM}Transfer-Encoding: chunked\r\n\r\nfffffffff\r\nx`,
    `${FORM}Transfer-Encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(20_000)}0\r\n\r\n`,
    `${FORM}Expect: 100-continue\r\nContent-Length: 3\r\n\r\nA=b`,
    `${FORM}Expect: more\r\nContent-Length: 3\r\n\r\nA=b`,
    'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(30),
    `${FORM}Content-Length: 3\r\n\r\nA=b`.repeat(30),
    '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
    '\r\n'.repeat(500),
  ])
  return dice.percent(20) ? dice.bytes(1 + dice.number(4_000)) : Buffer.from(text, 'latin1')
}

const SILENT_MS = 300

/** Sends the bytes and reads until the end or silence; answers every status that came. */
export function sendBytes(port: number, bytes: Buffer, cut: boolean): Promise<readonly number[]> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.setTimeout(SILENT_MS, () => socket.destroy())
    socket.setEncoding('latin1').on('data', (text) => (heard += text))
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(statusesOf(heard)))
    socket.write(bytes, () => {
      if (cut) socket.destroy()
    })
  })
}

/** Sends a request byte by byte, and never its end; resolves when the gateway has had enough, with what it said. */
export async function sendSlowly(port: number, dice: Dice, over: () => boolean): Promise<readonly number[]> {
  const socket = connect(port, '127.0.0.1')
  let [heard, gone] = ['', false]
  socket.setEncoding('latin1').on('data', (text) => (heard += text))
  socket.on('error', () => undefined)
  socket.once('close', () => {
    gone = true
  })
  const whole = `${FORM}Content-Length: 10000\r\n\r\n${'a=b&'.repeat(2_000)}`
  const pauseMs = 100 + dice.number(400)
  const from = dice.percent(50) ? 0 : FORM.length + 30
  socket.write(whole.slice(0, from))
  for (let at = from; !gone && !over(); at += 1) {
    socket.write(whole[at % whole.length] ?? 'a')
    await sleep(pauseMs)
  }
  socket.destroy()
  return statusesOf(heard)
}

function statusesOf(heard: string): readonly number[] {
  return [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
}
