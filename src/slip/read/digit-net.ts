import { readFileSync } from 'node:fs'
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm'
import type { BoxSeen } from '../../core/slip.ts'
import { CUT, CUT_PIXELS } from './cut-out.ts'

/** What the net says of each box. */
export type DigitNet = (darkness: Float32Array) => Promise<BoxSeen[]>

const CLASSES = 13
const DIGITS = 10

const MODEL = new URL('../net/digits.onnx', import.meta.url)
/** The compiled part of what runs it, out of the installed package. */
const RUNTIME = new URL(import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'))

/** Opens the net: nothing is fetched, no thread is started. */
export async function openDigitNet(): Promise<DigitNet> {
  env.wasm.wasmBinary = Uint8Array.from(readFileSync(RUNTIME)).buffer
  env.wasm.numThreads = 1
  const session = await InferenceSession.create(readFileSync(MODEL), { executionProviders: ['wasm'] })
  return async (darkness) => {
    const count = darkness.length / CUT_PIXELS
    const input = new Tensor('float32', darkness, [count, 1, CUT.height, CUT.width])
    const { probabilities } = await session.run({ darkness: input })
    const said = probabilities?.data
    if (!(said instanceof Float32Array) || said.length !== count * CLASSES)
      throw new Error('the digit net has no probabilities of each box')
    return Array.from({ length: count }, (_, box) => boxSeen(said.subarray(box * CLASSES)))
  }
}

function boxSeen(said: Float32Array): BoxSeen {
  const [empty = 0, dash = 0, junk = 0] = said.subarray(DIGITS, CLASSES)
  return { digits: Array.from(said.subarray(0, DIGITS)), empty, dash, junk }
}
