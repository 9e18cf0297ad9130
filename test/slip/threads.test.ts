import type { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { createThreads, type Threads } from '../../src/slip/threads.ts'

/** A thread that waits to be told something. */
const SCRIPT = new URL(
  "data:text/javascript,import{parentPort}from'node:worker_threads';parentPort.on('message',()=>{})",
)

let threads: Threads
afterEach(() => threads.close())

async function taken(): Promise<Worker> {
  const worker = await threads.take()
  if (worker === null) throw new Error('there is no thread any more')
  return worker
}

test('there are never more than were asked for, whoever comes while a spoilt one ends', async () => {
  threads = createThreads(1, SCRIPT)
  const first = await taken()
  const seen: Worker[] = []
  const second = taken().then((worker) => seen.push(worker))
  const giving = threads.give(first, false)
  const third = taken().then((worker) => seen.push(worker))
  await Promise.all([giving, second])
  expect(seen).toHaveLength(1)
  await threads.give(seen[0] as Worker, true)
  await third
  expect(seen[1]).toBe(seen[0])
})

test('whoever waits for one when they are closed gets none, and none starts any more', async () => {
  threads = createThreads(1, SCRIPT)
  const first = await taken()
  const waiting = threads.take()
  await threads.close()
  await threads.give(first, false)
  expect(await waiting).toBeNull()
  expect(await threads.take()).toBeNull()
})

test('a thread that ended while it was idle is not given out', async () => {
  threads = createThreads(1, SCRIPT)
  const first = await taken()
  await threads.give(first, true)
  await first.terminate()
  const second = await taken()
  expect(second).not.toBe(first)
})
