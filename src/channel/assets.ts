import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { gzipSync } from 'node:zlib'
import type { PageRoute, WireRequest } from './define-channel.ts'

/** A file that a page loads from us. */
export interface Asset {
  /** Below the assets' folder; relative imports between assets resolve by it. */
  readonly path: string
  readonly type: string
  readonly body: Buffer
  /** Content-Security-Policy of a worker, which has its own. */
  readonly policy?: string
}

/** Our own TypeScript as a browser runs it: types blanked out, nothing else changed, so that there is one source. */
export function scriptAsset(path: string, file: URL, policy?: string): Asset {
  const source = stripTypeScriptTypes(readFileSync(file, 'utf8'))
  return {
    path,
    type: 'text/javascript; charset=utf-8',
    body: Buffer.from(source),
    ...(policy !== undefined && { policy }),
  }
}

/** A few letters that change when any of the assets does: part of their address, so that they may be kept for ever. */
export function versionOf(assets: readonly Asset[]): string {
  return hash('sha256', Buffer.concat(assets.map(({ body }) => body)), 'base64url').slice(0, 10)
}

/** One route an asset, below `folder` (`/assets/x1y2`). */
export function assetRoutes(folder: string, assets: readonly Asset[]): readonly PageRoute[] {
  return assets.map((asset) => {
    const small = gzipSync(asset.body)
    return {
      kind: 'page',
      method: 'GET',
      path: `${folder}/${asset.path}`,
      bodyBytesMax: 0,
      page: async (request) =>
        takesGzip(request)
          ? { status: 200, headers: { ...headersOf(asset), 'content-encoding': 'gzip' }, body: small }
          : { status: 200, headers: headersOf(asset), body: asset.body },
    }
  })
}

function takesGzip({ headers }: WireRequest): boolean {
  return String(headers['accept-encoding'] ?? '').includes('gzip')
}

function headersOf({ type, policy }: Asset): Record<string, string> {
  return {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    'content-security-policy': policy ?? "default-src 'none'",
  }
}
