import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WireRequest } from '../channel/define-channel.ts'
import { networkOf } from './limits.ts'

/** What a scope of routes takes as a body; `none`: anything but an empty one is 415. */
export type MediaType = 'application/x-www-form-urlencoded' | 'application/json' | 'none'

/** Makes the scope take bodies of that media type alone. JSON stays bytes: a signature is over them, and channels parse. */
export async function acceptOnly(scope: FastifyInstance, mediaType: MediaType): Promise<void> {
  scope.removeAllContentTypeParsers()
  if (mediaType === 'application/x-www-form-urlencoded') await scope.register(formbody)
  if (mediaType === 'application/json') {
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes))
  }
}

/** Whether the body is packed or in letters that we don't read; 415 then. Bodies are plain UTF-8. */
export function isForeign(headers: WireRequest['headers']): boolean {
  const packed = headers['content-encoding']
  if (packed !== undefined && packed !== 'identity') return true
  const type = headers['content-type']
  if (typeof type !== 'string' || !type.includes('=')) return false
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1]
  return charset !== undefined && !/^utf-?8$/i.test(charset)
}

/** A Fastify request as channels see it. What few routes want is worked out only when it is asked for. */
export function wireOf(request: FastifyRequest): WireRequest {
  const { body } = request
  const isBytes = Buffer.isBuffer(body)
  return {
    __proto__: lazyParts,
    request,
    method: request.method,
    url: request.url,
    headers: request.headers,
    params: request.params,
    body: isBytes ? body : NO_BYTES,
    fields: isBytes ? NO_FIELDS : (body ?? NO_FIELDS),
  } as unknown as WireRequest
}

interface LazyParts {
  readonly request: FastifyRequest
  readonly fields: WireRequest['fields']
}

const lazyParts = {
  get form() {
    return firstValues((this as unknown as LazyParts).fields)
  },
  get query() {
    return firstValues((this as unknown as LazyParts).request.query as WireRequest['fields'])
  },
  get network() {
    return networkOf((this as unknown as LazyParts).request.ip)
  },
}

const NO_BYTES = Buffer.alloc(0)
const NO_FIELDS: WireRequest['fields'] = Object.freeze(Object.create(null))

/** The first value of each name; the same object where each name stands once, which is nearly always. */
function firstValues(fields: WireRequest['fields']): WireRequest['form'] {
  for (const name in fields) {
    if (typeof fields[name] !== 'string') return rebuilt(fields)
  }
  return fields as WireRequest['form']
}

function rebuilt(fields: WireRequest['fields']): WireRequest['form'] {
  const first: Record<string, string> = Object.create(null)
  for (const name in fields) {
    const value = fields[name]
    first[name] = (typeof value === 'string' ? value : value?.[0]) ?? ''
  }
  return first
}
