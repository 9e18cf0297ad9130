import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { gzipSync } from 'node:zlib'
import type { AssetFile, Assets, PageRoute, WireRequest } from '../channel/define-channel.ts'

/** An asset as it is sent. */
interface Loaded extends AssetFile {
  readonly body: Buffer
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  ts: 'text/javascript; charset=utf-8',
  wasm: 'application/wasm',
}

/**
 * Reads files of the repository that pages load, and makes a route of each. Our own TypeScript is sent with its types
 * blanked out, so that server and browser run one source. The folder's name changes when any file does: kept for ever.
 */
export function loadAssets(files: readonly AssetFile[]): Assets {
  const loaded = files.map((file) => ({ ...file, body: bodyOf(file) }))
  const version = hash('sha256', Buffer.concat(loaded.map(({ body }) => body)), 'base64url').slice(0, 10)
  const folder = `/assets/${version}`
  return { folder, routes: loaded.map((asset) => routeOf(asset, folder)) }
}

function bodyOf({ file }: AssetFile): Buffer {
  const bytes = readFileSync(new URL(`../../${file}`, import.meta.url))
  return file.endsWith('.ts') ? Buffer.from(stripTypeScriptTypes(bytes.toString('utf8'))) : bytes
}

function routeOf(asset: Loaded, folder: string): PageRoute {
  let packed: Buffer | undefined
  return {
    kind: 'page',
    method: 'GET',
    path: `${folder}/${asset.path}`,
    page: async (request) => {
      if (!takesGzip(request)) return { status: 200, headers: headersOf(asset), body: asset.body }
      packed ??= gzipSync(asset.body)
      return { status: 200, headers: { ...headersOf(asset), 'content-encoding': 'gzip' }, body: packed }
    },
  }
}

function takesGzip({ headers }: WireRequest): boolean {
  return String(headers['accept-encoding'] ?? '').includes('gzip')
}

function headersOf({ file, policy }: Loaded): Record<string, string> {
  return {
    'content-type': TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    'content-security-policy': policy ?? "default-src 'none'",
  }
}
