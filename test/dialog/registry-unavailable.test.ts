import { describe, expect, test } from 'vitest'
import type { RegistryReader } from '../../src/core/registry.ts'
import { branches, memoryRegistry, STRANGER, talk } from './talk.ts'

const held = 'held;code=REGISTRY_UNAVAILABLE'
const whole = memoryRegistry()

/** The fixture's registry, with a switch for what it says of itself. */
function switched() {
  const registry = { ...whole, down: false as boolean | 'throws' | 'stale' | 'empty' }
  const state = (): ReturnType<RegistryReader['state']> => {
    if (registry.down === 'throws') throw new Error('no registry')
    if (registry.down === true) return 'down'
    return registry.down === false ? 'ready' : registry.down
  }
  return { registry, reader: { ...whole, state } }
}

describe.each([true, 'throws', 'stale', 'empty'] as const)('a registry that is %s', (down) => {
  test.each(['2880950488 56311', '56311', '2842345369 737408044 19584 706205891 40631', 'АС673833 90015'])(
    'keeps «%s» and says received, not accepted',
    (text) => {
      const { registry, reader } = switched()
      registry.down = down
      const heard = talk(reader)(STRANGER, text)
      expect(heard).toMatchObject({ outcome: held, accepted: [] })
      expect(heard.text).toMatch(/получено/)
      expect(heard.text).not.toMatch(/[Пп]ринят/)
    },
  )

  test('still greets and lets go', () => {
    const { registry, reader } = switched()
    registry.down = down
    const say = talk(reader)
    expect(say(STRANGER, 'привет').outcome).toBe('none;code=HELP')
    expect(say(STRANGER, 'стоп').outcome).toBe('none;code=OPT_OUT')
  })

  test('keeps a yes, and the question stays open until the registry is back', () => {
    const { registry, reader } = switched()
    const say = talk(reader)
    expect(say(STRANGER, '2866648321 20296').outcome).toBe('asked;code=VERY_HIGH')
    registry.down = down
    expect(say(STRANGER, 'да').outcome).toBe(held)
    registry.down = false
    expect(say(STRANGER, 'да').outcome).toBe('accepted;flags="CONFIRMED HIGH NO_SERIAL"')
  })
})

test('a value of a branch that the gateway has no rules of is kept', () => {
  const others = branches.filter(({ id }) => id !== 'amur')
  expect(talk(whole, others)('+79635896059', '5361493290684 29900 44100')).toMatchObject({
    outcome: held,
    accepted: [],
  })
})
