import { expect, test } from 'vitest'
import { jsonOf } from '../../../src/dialog/conversation/state.ts'

test('a text that is asked for again is not parsed again, and another one is', () => {
  const first = jsonOf('{"at":"a"}')
  expect(jsonOf(['{"at"', ':"a"}'].join(''))).toBe(first)
  expect(jsonOf('{"at":"b"}')).toEqual({ at: 'b' })
  expect(jsonOf('{"at":"a"}')).toEqual({ at: 'a' })
})

test.each(['', '{', '<state/>'])('«%s» throws, however often and whatever was read before', (text) => {
  const readBefore = jsonOf('{"at":"a"}')
  for (let time = 0; time < 2; time++) expect(() => jsonOf(text)).toThrow(SyntaxError)
  expect(jsonOf('{"at":"a"}')).toBe(readBefore)
})
