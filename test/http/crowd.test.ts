import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createCrowd } from '../../src/http/crowd.ts'

const crowd = (most = 10, waitMs = 20) => createCrowd({ most, waitMs, monotonicMs: () => performance.now() })
const never = () => new Promise<never>(() => undefined)

test('who is answered in time gets the answer, and who fails the failure', async () => {
  const { wait } = crowd()
  const broken = new Error('broken')
  await expect(wait(Promise.resolve('yes'))).resolves.toBe('yes')
  await expect(wait(Promise.reject(broken))).rejects.toBe(broken)
})

test('who is late is sent away, and the next ones after their own time', async () => {
  const { wait } = crowd()
  const startedMs = performance.now()
  const codeOf = ({ code }: { readonly code: string }) => code
  // Heard at once: on a slow machine both are late before the first is awaited.
  const first = wait(never()).catch(codeOf)
  await sleep(10)
  const second = wait(never()).catch(codeOf)
  expect(await Promise.all([first, second])).toEqual(['NO_ANSWER_IN_TIME', 'NO_ANSWER_IN_TIME'])
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(29)
})

test('one who was answered does not keep the next from being late', async () => {
  const { wait } = crowd()
  await wait(Promise.resolve())
  await expect(wait(never())).rejects.toMatchObject({ code: 'NO_ANSWER_IN_TIME' })
  await wait(Promise.resolve())
  await sleep(30)
  await expect(wait(never())).rejects.toMatchObject({ code: 'NO_ANSWER_IN_TIME' })
})

test('a place is given back with the answer, with a failure and when it is too late', async () => {
  const { wait, isFull } = crowd(1)
  for (const one of [Promise.resolve(), Promise.reject(new Error('broken')), never()]) {
    expect(isFull()).toBe(false)
    const waiting = wait(one)
    expect(isFull()).toBe(true)
    await waiting.catch(() => undefined)
  }
  expect(isFull()).toBe(false)
})
