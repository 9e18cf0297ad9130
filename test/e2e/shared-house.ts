import { afterAll, beforeAll } from 'vitest'
import { type FixtureRegistry, fixtureRegistry } from './fixture-house.ts'

/** One house over the registry of the fixtures for all tests of a file; what is given back is asked for it in a test. */
export function sharedHouse<House extends { end(): Promise<void> }>(
  open: (registry: FixtureRegistry) => Promise<House>,
): () => House {
  let registry: FixtureRegistry
  let house: House
  beforeAll(async () => {
    registry = await fixtureRegistry()
    house = await open(registry)
  })
  afterAll(async () => {
    await house.end()
    registry.remove()
  })
  return () => house
}
