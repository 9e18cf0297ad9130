import { readFileSync } from 'node:fs'
import { type Asset, assetRoutes, scriptAsset, versionOf } from '../../src/channel/assets.ts'
import type { PageRoute } from '../../src/channel/define-channel.ts'
import { readerModules, wasmOf } from '../../src/channel/zxing-files.ts'

/** Only the worker that decodes may compile WebAssembly, and it loads from us alone. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

/** Paths stand to each other as the sources do, so that the browser resolves the imports as they are written. */
function assets(): readonly Asset[] {
  const here = (file: string) => new URL(file, import.meta.url)
  const script = (path: string, policy?: string) => scriptAsset(path, here(`../../${path}`), policy)
  const zxing = readerModules()
  const javascript = 'text/javascript; charset=utf-8'
  return [
    { path: 'style.css', type: 'text/css; charset=utf-8', body: readFileSync(here('./style.css')) },
    { path: 'icon.svg', type: 'image/svg+xml', body: readFileSync(here('./icon.svg')) },
    script('channels/web-form/browser/scan.ts'),
    script('channels/web-form/browser/qr-worker.ts', WORKER_POLICY),
    script('src/language/bill-qr.ts'),
    script('src/language/normalise.ts'),
    { path: 'zxing-wasm/reader/index.js', type: javascript, body: zxing.index },
    { path: 'zxing-wasm/share.js', type: javascript, body: zxing.share },
    { path: 'zxing-wasm/reader/zxing_reader.wasm', type: 'application/wasm', body: wasmOf('reader') },
  ]
}

/** The routes of everything that the pages load, and the folder that they stand in, below the channel's prefix. */
export interface FormAssets {
  readonly folder: string
  readonly routes: readonly PageRoute[]
}

let made: FormAssets | undefined

/** Reads and packs the files, once a process. */
export function formAssets(): FormAssets {
  if (made === undefined) {
    const all = assets()
    const folder = `/assets/${versionOf(all)}`
    made = { folder, routes: assetRoutes(folder, all) }
  }
  return made
}
