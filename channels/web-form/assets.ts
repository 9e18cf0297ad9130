import type { AssetFile } from '../../src/channel/define-channel.ts'

/** Only the worker that decodes may compile WebAssembly, and it loads from us alone. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

const DECODER = 'node_modules/zxing-wasm/dist'

/** Everything that the pages load. Paths stand to each other as the sources do, so that imports work as they are written. */
export const formAssets: readonly AssetFile[] = [
  { path: 'style.css', file: 'channels/web-form/style.css' },
  { path: 'icon.svg', file: 'channels/web-form/icon.svg' },
  own('channels/web-form/browser/scan.ts'),
  { ...own('channels/web-form/browser/qr-worker.ts'), policy: WORKER_POLICY },
  own('src/language/bill-qr.ts'),
  own('src/language/normalise.ts'),
  { path: 'zxing-wasm/reader/index.js', file: `${DECODER}/es/reader/index.js` },
  { path: 'zxing-wasm/share.js', file: `${DECODER}/es/share.js` },
  { path: 'zxing-wasm/reader/zxing_reader.wasm', file: `${DECODER}/reader/zxing_reader.wasm` },
]

function own(path: string): AssetFile {
  return { path, file: path }
}
