import type { Route, UploadHouse, WireReply, WireRequest } from '../../src/channel/define-channel.ts'
import { bearerToken } from '../../src/channel/signatures.ts'

/** A batch of 200 grey pages; a larger one belongs into the inbox. It must come within the time that a request has. */
const BODY_BYTES_MAX = 64_000_000

/** RFC 3339 with seconds left out or not. */
const INSTANT = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)$/

/**
 * The route of scans: the file itself as the body, of whatever type it says, and `?collected=` with the instant at which the
 * drop-box was emptied. Answered 202 once it is on the disk; its slips are taken in from there.
 */
export function uploadRoute(token: string): Route {
  return {
    kind: 'upload',
    method: 'POST',
    path: '',
    bodyBytesMax: BODY_BYTES_MAX,
    authenticate: bearerToken(token),
    upload,
  }
}

async function upload({ body, query }: WireRequest, { keepUpload, now }: UploadHouse): Promise<WireReply> {
  if (body.length === 0) return json(400, { error: 'The body is empty: send the scan itself.' })
  const collected = query['collected'] ?? now()
  const at = instantOf(collected)
  if (at === null) return json(400, { error: 'collected is no instant; send for example 2026-11-25T17:00+09:00.' })
  return json(202, { scan: await keepUpload(body, at), collected: at, status: 'waiting' })
}

/** In a query, a plus that is not escaped arrives as a space. */
function instantOf(text: string): string | null {
  const said = text.replace(/ (\d\d:\d\d)$/, '+$1')
  if (!INSTANT.test(said)) return null
  try {
    return Temporal.Instant.from(said).toString()
  } catch {
    return null
  }
}

function json(status: number, body: unknown): WireReply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: `${JSON.stringify(body)}\n` }
}
