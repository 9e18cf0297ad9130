import { readFileSync } from 'node:fs'
import { signAsTwilio } from '../../src/channel/signatures.ts'

/** A meter with one register, of an account with one meter, as the synthetic registry has it. */
interface OneRegister {
  readonly account: string
  readonly meter: string
  readonly lastValue: number
  readonly usage: number
}

const ROW = /^(\w+),([\d/]+),.*,ELECTRICITY,(\w+),ACTIVE,,T1,TOTAL,(\d+),\d+,1,(\d+)(?:\.\d+)?,[\d-]+,(\d+)(?:\.\d+)?$/
const PATH = '/channels/sms/twilio'
/** How many accounts take turns. */
const ACCOUNTS_MAX = 20_000

/** Accounts of a registry file that can take many plausible readings. */
export function oneRegisterAccounts(file: string): readonly OneRegister[] {
  const found: OneRegister[] = []
  const seen = new Map<string, number>()
  const lines = readFileSync(file, 'utf8').split('\r\n')
  for (const line of lines) {
    const account = line.split(',', 2)[1] ?? ''
    seen.set(account, (seen.get(account) ?? 0) + 1)
  }
  const every = Math.max(1, Math.floor(lines.length / ACCOUNTS_MAX / 3))
  for (let at = 0; at < lines.length && found.length < ACCOUNTS_MAX; at += every) {
    const [, branch, account = '', meter = '', digits = '', last = '', usage = ''] = ROW.exec(lines[at] ?? '') ?? []
    const fits = Number(last) + Number(usage) * 2 + 100 < 10 ** Number(digits)
    if (branch === 'amur' && seen.get(account) === 1 && fits && Number(usage) >= 100) {
      found.push({ account, meter, lastValue: Number(last), usage: Number(usage) })
    }
  }
  return found
}

/** Signed Twilio posts, each a new message with a new plausible reading, as whole HTTP/1.1 requests. */
export function signedPosts(
  accounts: readonly OneRegister[],
  from: number,
  count: number,
  house: Signer,
): readonly Buffer[] {
  return Array.from({ length: count }, (_, at) => signedPost(accounts, from + at, house))
}

/** What signs. */
export interface Signer {
  readonly token: string
  readonly port: number
}

function signedPost(accounts: readonly OneRegister[], number: number, { token, port }: Signer): Buffer {
  const { account, meter, lastValue, usage } = accounts[number % accounts.length] as OneRegister
  const value = lastValue + Math.round(usage * 0.8) + (Math.floor(number / accounts.length) % 50)
  const id = `SM${number.toString(16).padStart(32, '0')}`
  const fields = {
    ToCountry: 'RU',
    ToState: '',
    SmsMessageSid: id,
    NumMedia: '0',
    ToCity: '',
    FromZip: '',
    SmsSid: id,
    FromState: '',
    SmsStatus: 'received',
    FromCity: '',
    Body: `${account} ${meter} ${value}`,
    FromCountry: 'RU',
    To: '+74212000000',
    ToZip: '',
    NumSegments: '1',
    MessageSid: id,
    AccountSid: 'AC00000000000000000000000000000000',
    From: `+7${9_000_000_000 + (number % 400_000_000)}`,
    ApiVersion: '2010-04-01',
  }
  const body = new URLSearchParams(fields).toString()
  const signature = signAsTwilio(token, `http://127.0.0.1:${port}`, PATH, fields)
  return Buffer.from(
    `POST ${PATH} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/x-www-form-urlencoded; charset=utf-8\r\n` +
      `x-twilio-signature: ${signature}\r\nuser-agent: TwilioProxy/1.1\r\naccept: */*\r\naccept-encoding: gzip,deflate\r\n` +
      `i-twilio-idempotency-token: ${id}\r\nx-home-region: us1\r\nconnection: keep-alive\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
}
