import type { WireReply } from './define-channel.ts'

/** A status and nothing else: for callers that are programs, and tells nobody why. */
export function emptyReply(status: number, headers: WireReply['headers'] = {}): WireReply {
  return { status, headers, body: '' }
}

/** A status, 200 unless it is said, with JSON. */
export function jsonReply(body: object, status = 200): WireReply {
  return { status, headers: JSON_HEADERS, body: JSON.stringify(body) }
}

/** From `twimlMessage` or `twimlOf`. */
export function twimlReply(twiml: string): WireReply {
  return { status: 200, headers: TWIML_HEADERS, body: twiml }
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' }
const TWIML_HEADERS = { 'content-type': 'text/xml; charset=utf-8' }
