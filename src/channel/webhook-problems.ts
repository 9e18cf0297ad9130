import type { WebhookProblem } from './define-channel.ts'

/** What is wrong with the place to which a provider says that it brings its events; null: nothing. */
export function placeProblem(place: unknown, wanted: string): WebhookProblem | null {
  if (place === wanted) return null
  const isElsewhere = typeof place === 'string' && place !== ''
  return answeredProblem(isElsewhere ? `it brings its events elsewhere, not to ${wanted}` : NOWHERE)
}

const NOWHERE = 'it brings its events nowhere yet'

/** What the API itself said against a call. */
export function answeredProblem(says: string): WebhookProblem {
  return { says, isAway: false }
}

/** The API did not answer as itself; `variable` says where it is looked for, `why` is a code. */
export function awayProblem(variable: string, why: string): WebhookProblem {
  return { says: `no answer (${why}): look at ${variable} and the network`, isAway: true }
}
