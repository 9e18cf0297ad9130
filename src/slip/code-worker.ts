/** A thread that looks for a QR code in one picture after another; see code-thread.ts for who brings them. */
import { parentPort } from 'node:worker_threads'
import { codeInPicture } from './qr-picture.ts'

parentPort?.on('message', async (picture: Uint8Array) => {
  parentPort?.postMessage(await codeInPicture(picture).catch(() => null))
})
