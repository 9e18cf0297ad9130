import { expect, test } from 'vitest'
import { z } from 'zod'
import { jsonBody } from '../../src/channel/bodies.ts'

const Message = z.object({ id: z.string().min(1).max(8), event: z.enum(['start', 'hangup']) })
const parse = (body: string | Buffer) => jsonBody(Message)({ body: Buffer.from(body) })

test('a mark before the first character is none of the JSON', () => {
  expect(parse('\ufeff{"id":"1","event":"start"}')).toEqual({ id: '1', event: 'start' })
  expect(parse('{"id":"\ufeff1","event":"start"}')).toEqual({ id: '\ufeff1', event: 'start' })
})

test.each([
  [
    'a number where text is wanted',
    '{"id":4160,"event":"start"}',
    'id: Invalid input: expected string, received number',
  ],
  ['nothing', '{"event":"start"}', 'id: Invalid input: expected string, received undefined'],
  ['too much', '{"id":"416000000","event":"start"}', 'id: Too big: expected string to have <=8 characters'],
  ['another word', '{"id":"1","event":"4160"}', 'event: Invalid option: expected one of "start"|"hangup"'],
  ['no object', '["4160"]', 'the body itself: Invalid input: expected object, received array'],
])('%s is told with what is wanted, and not with what was sent', (_why, body, wanted) => {
  const { unreadable } = parse(body) as { unreadable: string }
  expect(unreadable).toBe(`Missing or malformed: ${wanted.split(':', 1)}. ${wanted}.`)
  expect(unreadable).not.toContain('4160')
})

test('several fields are told at once', () => {
  expect(parse('{}')).toEqual({
    unreadable:
      'Missing or malformed: id, event. id: Invalid input: expected string, received undefined; ' +
      'event: Invalid option: expected one of "start"|"hangup".',
  })
})
