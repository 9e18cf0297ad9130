import { expect, test } from 'vitest'
import { collectedIn } from '../../src/slip/collected.ts'

test.each([
  ['2026-11-25', '2026-11-25T00:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['2026-02-29', null],
  ['2026-02-30', null],
  ['2026-13-01', null],
  ['2026-11-5', null],
  ['25.11.2026', null],
  ['done', null],
])('a folder %s was collected %s', (folder, instant) => expect(collectedIn(folder)).toBe(instant))
