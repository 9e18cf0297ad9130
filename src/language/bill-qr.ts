import { normaliseSerial, writtenAccount } from './normalise.ts'

/** Why a code is no bill with an account in it, in the order in which the reasons are looked at. */
export type BillQrError = 'TOO_LONG' | 'UNKNOWN_HOST' | 'NOT_A_BILL' | 'BAD_ENCODING' | 'NO_ACCOUNT'

/** Account and serial as rules 3 and 4 write them; `meter` null where the bill names none. */
export type BillQr = { readonly account: string; readonly meter: string | null } | { readonly error: BillQrError }

/** Bills whose code is an address: the hosts that may print one (lower case), and the query parameter with the account. */
export interface BillUrls {
  readonly urlHosts: readonly string[]
  readonly urlParameter: string
}

/** ГОСТ Р 56042-2014 allows no more. */
const BYTES_MAX = 1_800

/** `ST`, version `0001`, one byte of encoding, one byte of separator. */
const HEADER_BYTES = 8

/** The payer's account, first found first taken; `PersonalAcc` is the payee's bank account and never meant. */
const ACCOUNT_KEYS = ['persacc', 'personalaccount', 'contract']

/** Mandatory fields that are free text: a `|` in them is part of a name, whatever stands around it. */
const TEXT_KEYS = new Set(['name', 'bankname'])

/**
 * Reads the bytes of a bill's QR code (rule 30, ГОСТ Р 56042-2014). Pure; takes any bytes, never throws, linear time.
 * An address is never fetched: the account is taken from its query, if the host is one of ours.
 */
export function readBillQr(bytes: Uint8Array, urls: BillUrls): BillQr {
  if (bytes.length > BYTES_MAX) return { error: 'TOO_LONG' }
  const text = decode(bytes)
  if (/^\s*https?:/i.test(text)) return readAddress(text.trim(), urls)
  if (!text.startsWith('ST0001') || text.length < HEADER_BYTES) return { error: 'NOT_A_BILL' }
  if (!'123'.includes(text.charAt(6))) return { error: 'BAD_ENCODING' }
  const fields = readFields(text)
  const account = ACCOUNT_KEYS.map((key) => accountIn(fields.get(key) ?? [])).find((found) => found !== undefined)
  return account === undefined ? { error: 'NO_ACCOUNT' } : { account, meter: serialIn(fields.get('counterid') ?? []) }
}

/** Of the codes in one picture the first with an account in it, else what the first one is; null where there is none. */
export function billAmong(codes: readonly Uint8Array[], urls: BillUrls): BillQr | null {
  const read = codes.map((bytes) => readBillQr(bytes, urls))
  return read.find((bill) => 'account' in bill) ?? read[0] ?? null
}

/**
 * A bill's code as an app for scanning copies it; up to the end of the line, for a reading may stand in the next. Where line
 * breaks or tabs separate its fields, they are told by their keys.
 */
const COPIED = /ST0001[123](?:[^\p{L}\d\s][^\n]*|\t[A-Za-z]+=[^\n]*|(?:[\r\n]+[A-Za-z]+=[^\r\n]*)+)/gu

/**
 * A text in which of a bill's copied code only the payer's account and the serial are left, with what was typed behind them:
 * its bank account, sum and pre-printed value are neither accounts nor readings (rule 30). Any other text stays as it is.
 */
export function withoutBillFields(text: string): string {
  return text.includes('ST0001') ? text.replace(COPIED, identityIn) : text
}

/** Account and serial; the word tells the one from the other where a serial is as long as some account. */
function identityIn(code: string): string {
  const fields = readFields(code)
  const account = ACCOUNT_KEYS.flatMap((key) => fields.get(key) ?? []).find((value) => present(value) !== '')
  const serial = fields.get('counterid')?.find((value) => normaliseSerial(present(value)) !== '')
  return `${account ?? ''} ${serial === undefined ? '' : `счётчик ${serial}`}`
}

/** Valid UTF-8 is UTF-8 whatever the tag says, for tags lie; its mark (BOM) is dropped. The others know no invalid bytes. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder(bytes[6] === 0x33 ? 'koi8-r' : 'windows-1251').decode(bytes)
  }
}

function readAddress(text: string, { urlHosts, urlParameter }: BillUrls): BillQr {
  if (!URL.canParse(text)) return { error: 'UNKNOWN_HOST' }
  const url = new URL(text)
  if (!urlHosts.includes(url.hostname)) return { error: 'UNKNOWN_HOST' }
  const account = accountIn(url.searchParams.getAll(urlParameter))
  return account === undefined ? { error: 'NO_ACCOUNT' } : { account, meter: null }
}

/** Keys in lower case, each with its values in their order. */
function readFields(text: string): ReadonlyMap<string, readonly string[]> {
  const separator = String.fromCodePoint(text.codePointAt(HEADER_BYTES - 1) ?? 0)
  const fields = new Map<string, string[]>()
  for (const field of text.slice(HEADER_BYTES - 1 + separator.length).split(separator)) {
    for (const part of TEXT_KEYS.has(keyOf(field)) ? [field] : field.split('|')) {
      const values = fields.get(keyOf(part))
      const value = part.slice(part.indexOf('=') + 1)
      if (values === undefined) fields.set(keyOf(part), [value])
      else values.push(value)
    }
  }
  return fields
}

function keyOf(field: string): string {
  const end = field.indexOf('=')
  return end < 0 ? '' : field.slice(0, end).trim().toLowerCase()
}

/** Control characters, and what broken bytes are decoded to: no account and no serial has them. */
const UNPRINTABLE = /[\p{Cc}\ufffd]/u

/** The first account that is there, as rule 3 writes it. */
function accountIn(values: readonly string[]): string | undefined {
  return values.map((value) => writtenAccount(present(value))).find(isWritten)
}

/** The first serial that is there. */
function serialIn(values: readonly string[]): string | null {
  return values.map((value) => normaliseSerial(present(value))).find(isWritten) ?? null
}

/** Billing systems print a missing value as `null`. */
function present(value: string): string {
  const trimmed = value.trim()
  return trimmed.toLowerCase() === 'null' ? '' : trimmed
}

function isWritten(text: string): boolean {
  return text !== '' && !UNPRINTABLE.test(text)
}
