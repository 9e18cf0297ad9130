import { expect, test } from 'vitest'
import { uploadRoutes } from '../../channels/slip/upload.ts'
import type { UploadContext, WireRequest } from '../../src/channel/define-channel.ts'

const now = '2026-11-22T03:00:00.000Z'
const house: UploadContext = {
  now: () => now,
  clockIsSet: false,
  keepUpload: async (_bytes, collected) => ({ id: '1-ab', scan: 'ab', collected }),
  uploadState: async () => null,
}
const scan: WireRequest = {
  url: '/channels/slip',
  headers: { 'content-type': 'application/pdf' },
  query: {},
  params: {},
  body: Buffer.from('%PDF-1.7'),
  fields: {},
  form: {},
  network: '127.0.0.1',
}

test.each([
  ['https://meters.example', '/channels/slip/1-ab'],
  ['https://meters.example/gw/', '/gw/channels/slip/1-ab'],
])('below %s whoever uploads is told where to ask for the result', async (publicUrl, location) => {
  const post = uploadRoutes('token-of-the-scanner', publicUrl).find(({ method }) => method === 'POST')
  if (post?.kind !== 'upload') throw new Error('there is no route for uploads')
  const reply = await post.upload(scan, house)
  expect([reply.status, reply.headers['location']]).toEqual([202, location])
})
