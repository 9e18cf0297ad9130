import type { Probe, Route, UploadContext, WireReply, WireRequest } from '../../src/channel/define-channel.ts'
import { publicPath } from '../../src/channel/public-path.ts'
import { bearerToken } from '../../src/channel/signatures.ts'
import { instantOf, msOfRfc3339 } from '../../src/core/instant.ts'

/** Where the channel hangs. */
export const PREFIX = '/channels/slip'

/** A batch of 200 grey pages; a larger one belongs into the inbox. It must come within the time that a request has. */
const BODY_BYTES_MAX = 64_000_000

/**
 * The route of scans: the file itself as the body, of whatever type it says, and `?collected=` with the instant at which the
 * drop-box was emptied. Answered 202 once it is on the disk; its slips are taken in from there, and what became of them is
 * told at its Location, to whoever has the token too.
 */
export function uploadRoutes(token: string, publicUrl: string): readonly Route[] {
  const authenticate = bearerToken(token)
  const home = publicPath(publicUrl) + PREFIX
  const upload = (request: WireRequest, house: UploadContext) => keep(request, house, home)
  return [
    { kind: 'upload', method: 'POST', path: '', bodyBytesMax: BODY_BYTES_MAX, authenticate, upload },
    { kind: 'upload', method: 'GET', path: '/:id', authenticate, upload: tell },
  ]
}

/** An upload of nothing: refused for its emptiness, and so with the right token. */
export function uploadProbe(token: string): Probe {
  return {
    what: 'an empty upload with the token',
    path: PREFIX,
    headers: { authorization: `Bearer ${token}` },
    body: '',
    expects: null,
    status: 400,
  }
}

async function keep({ body, query, headers }: WireRequest, house: UploadContext, home: string): Promise<WireReply> {
  const { keepUpload, now } = house
  if (isForm(headers['content-type'])) return json(415, { error: 'The body is a form: send the scan itself.' })
  if (body.length === 0) return json(400, { error: 'The body is empty: send the scan itself.' })
  const collected = query['collected'] ?? now()
  const at = instantIn(collected)
  if (at === null) return json(400, { error: 'collected is no instant; send for example 2026-11-25T17:00+09:00.' })
  if (!couldBe(at, now())) return json(400, { error: 'collected lies in the future, or before 1970.' })
  const { id, scan } = await keepUpload(body, at)
  const said = json(202, { scan, collected: at, status: 'waiting' })
  return { ...said, headers: { ...said.headers, location: `${home}/${id}` } }
}

/** As a browser sends a file; its parts would make the scan unreadable. */
function isForm(type: string | string[] | undefined): boolean {
  return typeof type === 'string' && /^multipart\//i.test(type)
}

/** Clocks differ, and a day may be said by its end. */
const AHEAD_MS_MAX = 24 * 3_600_000

function couldBe(at: string, now: string): boolean {
  return Date.parse(at) >= 0 && !isAhead(at, now)
}

/** Whether slips are said to be collected at an instant that is yet to come. */
export function isAhead(at: string, now: string): boolean {
  return Date.parse(at) > Date.parse(now) + AHEAD_MS_MAX
}

async function tell({ params }: WireRequest, { uploadState }: UploadContext): Promise<WireReply> {
  const state = await uploadState(params['id'] ?? '')
  if (state === null) return json(404, { error: 'There is no such upload, or its time is past.' })
  const { id: _, ...told } = state
  return json(200, told)
}

/** RFC 3339, with seconds or without. In a query, a plus that is not escaped arrives as a space. */
function instantIn(text: string): string | null {
  const ms = msOfRfc3339(text.replace(/ (\d\d:\d\d)$/, '+$1').replace(/([Tt ]\d\d:\d\d)(?=[Zz+-])/, '$1:00'))
  return ms === null ? null : instantOf(ms)
}

function json(status: number, body: unknown): WireReply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: `${JSON.stringify(body)}\n` }
}
