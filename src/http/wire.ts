import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WireRequest } from '../channel/define-channel.ts'
import { networkOf } from './network.ts'

/** What a scope of routes takes as a body; `any`: bytes of whatever type, `none`: anything but an empty one is 415. */
export type MediaType = 'application/x-www-form-urlencoded' | 'application/json' | 'any' | 'none'

/** Makes the scope take bodies of that media type alone. JSON stays bytes: a signature is over them, and channels parse. */
export async function acceptOnly(scope: FastifyInstance, mediaType: MediaType): Promise<void> {
  scope.removeAllContentTypeParsers()
  const types = mediaType === 'any' ? '*' : mediaType
  if (types === 'application/x-www-form-urlencoded') await scope.register(formbody)
  else if (types !== 'none')
    scope.addContentTypeParser(types, { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes))
}

/** Whether the body is packed or in letters that we don't read; 415 then. Bodies are plain UTF-8. */
export function isForeign(headers: WireRequest['headers']): boolean {
  const packed = headers['content-encoding']
  if (packed !== undefined && String(packed).toLowerCase() !== 'identity') return true
  const type = headers['content-type']
  if (typeof type !== 'string' || !type.includes('=')) return false
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1]
  return charset !== undefined && !/^utf-?8$/i.test(charset)
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** A Fastify request as channels see it. What few routes want is worked out only when it is asked for. */
export function wireOf(request: FastifyRequest): WireRequest {
  const { body } = request
  const isBytes = Buffer.isBuffer(body)
  // Seven times as fast as a literal with `__proto__`, and thirty times as a literal with getters.
  const wire: Mutable<LazyParts & WireRequest> = Object.create(lazyParts)
  wire.request = request
  wire.url = request.url
  wire.headers = request.headers
  wire.params = request.params as WireRequest['params']
  wire.body = isBytes ? body : NO_BYTES
  wire.fields = isBytes ? NO_FIELDS : ((body as WireRequest['fields'] | undefined) ?? NO_FIELDS)
  return wire
}

interface LazyParts {
  readonly request: FastifyRequest
}

const lazyParts: ThisType<LazyParts & WireRequest> = {
  get form() {
    return firstValues(this.fields)
  },
  get query() {
    return firstValues(this.request.query as WireRequest['fields'])
  },
  get network() {
    return networkOf(this.request.ip)
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
