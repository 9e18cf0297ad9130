import type { ChatInput } from '../core/chat.ts'
import { type BillUrls, billAmong } from '../language/bill-qr.ts'
import type { ChannelIo } from './define-channel.ts'
import { areaOf } from './picture-area.ts'

/** A picture in a chat, where its messenger keeps it. */
export interface PicturePlace {
  readonly url: string
  /** What the customer wrote under it; empty: nothing. */
  readonly caption: string
}

/** Where pictures may be fetched from, and how much of them. */
export interface PictureBounds {
  /** Hosts below which a messenger keeps its pictures (`.viber.com`), by https alone. */
  readonly hosts: readonly string[]
  /** The origin of the messenger's API as configured; it may be http where it is this machine (tests, the demo). */
  readonly apiUrl: string
}

/** A photo of a telephone has 2 to 4 MB; messengers make them smaller. */
export const PICTURE_BYTES_MAX = 5 * 2 ** 20
/** The messenger waits for our answer meanwhile, and store and dialog need some of its patience too. */
const FETCH_MS_MAX = 3_000
/** Decoded, a pixel takes 4 bytes: a small file that claims 50,000 × 50,000 would take all memory. */
const PIXELS_MAX = 40_000_000

/** How a messenger's pictures are read; never rejects. What holds no bill is its caption, or unreadable; a bill keeps its caption. */
export function pictureReader(
  { fetch, codesInPicture }: Pick<ChannelIo, 'fetch' | 'codesInPicture'>,
  bounds: PictureBounds,
  urls: BillUrls,
): (place: PicturePlace) => Promise<ChatInput> {
  return async ({ url, caption }) => {
    const bill = await billIn(url).catch(() => null)
    const isBare = caption.trim() === ''
    if (bill !== null) return { kind: 'identity', ...bill, ...(!isBare && { caption }) }
    return isBare ? { kind: 'unreadable', what: 'picture' } : { kind: 'text', text: caption }
  }

  async function billIn(url: string) {
    if (!isAllowed(url, bounds)) return null
    const picture = await download(fetch, url)
    const area = picture === null ? null : areaOf(picture)
    if (picture === null || area === null || area > PIXELS_MAX) return null
    const bill = billAmong(await codesInPicture(picture), urls)
    return bill === null || 'error' in bill ? null : bill
  }
}

/** Whether a picture may be fetched from there: a messenger's own host by https, or the API's own origin. */
function isAllowed(address: string, { hosts, apiUrl }: PictureBounds): boolean {
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (url.origin === URL.parse(apiUrl)?.origin) return true
  const isDefaultPort = url.port === ''
  return url.protocol === 'https:' && isDefaultPort && hosts.some((host) => `.${url.hostname}`.endsWith(host))
}

/** The bytes, or null where there are too many, or another answer than 200. A redirect is not followed. */
async function download(fetch: ChannelIo['fetch'], url: string): Promise<Uint8Array | null> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS_MAX) })
  const length = Number(response.headers.get('content-length') ?? 0)
  if (response.status !== 200 || response.body === null || length > PICTURE_BYTES_MAX) {
    await response.body?.cancel()
    return null
  }
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body) {
    bytes += part.length
    if (bytes > PICTURE_BYTES_MAX) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}
