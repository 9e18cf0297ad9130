import { type Call, callFrom, type Hears, type Post } from './caller.ts'

/**
 * What a caller does, written short: `#2880950488` keys, `…` silence, `.` hangs up, anything else is said. Beside it, what
 * he hears then: the step that waits (`value T1`), or `bye`, `operator`; and the outcome, where it says more than `asked`.
 */
export type Turn = readonly [does: string, hears: string]

/** Plays a whole call; returns what was heard at each turn, written as in `Turn`, and the call. */
export async function play(
  post: Post,
  from: string,
  does: readonly string[],
): Promise<{ call: Call; heard: string[] }> {
  const call = callFrom(post, from)
  const heard = [shown(await call.dial())]
  for (const one of does) heard.push(shown(await act(call, one)))
  return { call, heard }
}

/** Does one thing in a call. */
export function act(call: Call, does: string): Promise<Hears> {
  if (does === '…') return call.silence()
  if (does === '.') return call.hangUp()
  return does.startsWith('#') ? call.keys(does.slice(1)) : call.speech(does)
}

/** `value T1 asked;code=VALUES_NEEDED`. */
function shown({ status, step, register, dial, outcome, hangsUp }: Hears): string {
  if (status !== 200) return String(status)
  const place = step === null ? (dial === null ? (hangsUp ? 'bye' : 'nothing') : 'operator') : step
  return [place, register, outcome].filter(Boolean).join(' ')
}
