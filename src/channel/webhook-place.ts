/** What is wrong with the place to which a provider says that it brings its events; null: nothing. */
export function placeProblem(place: unknown, wanted: string): string | null {
  if (place === wanted) return null
  return typeof place === 'string' && place !== '' ? `it brings its events elsewhere, not to ${wanted}` : NOWHERE
}

const NOWHERE = 'it brings its events nowhere yet'
