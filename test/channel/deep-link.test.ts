import { expect, test } from 'vitest'
import { deepLinkOf, openedBy } from '../../src/channel/deep-link.ts'

test.each([
  ['2880950488', null, '2880950488'],
  ['2880950488', '250592064305057', '2880950488_250592064305057'],
  ['11111/11', null, 'b-MTExMTEvMTE'],
  ['11111/11', '2505', 'b-MTExMTEvMTFfMjUwNQ'],
])('what a deep link carries for account %s and meter %s is read back', (account, meter, link) => {
  expect(deepLinkOf(account, meter)).toBe(link)
  expect(openedBy(link, false)).toEqual({ kind: 'opened', account, meter, inAnswer: false })
})

test('what does not fit a deep link has none', () => {
  expect(deepLinkOf('1'.repeat(64), null)).toHaveLength(64)
  expect(deepLinkOf('1'.repeat(65), null)).toBeNull()
})
