/** A thread that looks for a QR code in one picture after another; see code-thread.ts for who brings them. */
import { parentPort } from 'node:worker_threads'
import { codesInPicture } from './qr-picture.ts'

/** The largest picture that is taken, decoded with 16 bits a colour, needs 640 MB; what inflates without end stops there. */
const MEMORY_BYTES_MAX = 768 * 2 ** 20
const WASM_PAGE_BYTES = 65_536

const { grow } = WebAssembly.Memory.prototype
// The decoder asks here for more memory, and takes an error as a no.
WebAssembly.Memory.prototype.grow = function (pages: number) {
  if (this.buffer.byteLength + Number(pages) * WASM_PAGE_BYTES <= MEMORY_BYTES_MAX) return grow.call(this, pages)
  throw new RangeError('the decoder asks for more memory than it may have')
}

parentPort?.on('message', async (picture: Uint8Array) => {
  // What is thrown ends the thread: once the decoder has stopped in the middle of something, it reads nothing any more.
  parentPort?.postMessage(await codesInPicture(picture))
})
