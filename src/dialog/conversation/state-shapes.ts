/**
 * The shapes of what conversations leave in the store (state.ts, chat/state.ts, call/state.ts), for it may have been
 * written by another version. Fields that are not known here are let through: a newer version may have more of them.
 */
import { z } from 'zod'
import { type Code, codes } from '../../../schemas/codes.ts'
import { callEnds } from '../../core/call.ts'
import { languages } from '../../core/delivery.ts'
import { services, zones } from '../../core/facts.ts'
import { msOf } from '../../core/instant.ts'
import type {
  BadToken,
  CodeToken,
  LabelToken,
  NamedService,
  NumberToken,
  ServiceToken,
  Token,
} from '../../language/token.ts'
import { type CallState, callStages } from '../call/state.ts'
import type { ReadValue } from '../claims/values.ts'
import type { About, AccountRef, Open } from './state.ts'

const instant = z.string().refine((text) => !Number.isNaN(msOf(text)))
const code = z.enum(Object.keys(codes) as Code[])
const account = { branch: z.string(), account: z.string() }

const accountRef = z.object({
  ...account,
  submitted: z.string(),
  isOld: z.boolean(),
  isSenders: z.boolean(),
}) satisfies z.ZodType<AccountRef>

const about = accountRef.extend({
  meter: z.string().nullable(),
  isNamed: z.boolean(),
}) satisfies z.ZodType<About>

const readValue = z.object({
  register: z.string().nullable(),
  value: z.string(),
  bad: z.object({ repaired: z.string().nullable() }).nullable(),
}) satisfies z.ZodType<ReadValue>

const yes = z.literal(true).exactOptional()
const said = z.enum(['account', 'meter', 'value']).nullable()

const numberToken = z.object({
  kind: z.literal('number'),
  text: z.string(),
  fraction: z.string().nullable(),
  glue: z.enum([' ', '-', '/']).nullable(),
  minus: z.boolean(),
  said,
  startsLine: z.boolean(),
  prefix: z.string().nullable(),
  isOneOfTwo: z.boolean().exactOptional(),
}) satisfies z.ZodType<NumberToken>

const codeToken = z.object({
  kind: z.literal('code'),
  text: z.string(),
  said,
  accountShaped: z.boolean(),
  get otherwise(): z.ZodArray<z.ZodType<Token>> {
    return z.array(token)
  },
}) satisfies z.ZodType<CodeToken>

const badToken = z.object({
  kind: z.literal('bad'),
  text: z.string(),
  repaired: z.string().nullable(),
  glue: z.literal(' ').exactOptional(),
}) satisfies z.ZodType<BadToken>

const labelToken = z.object({
  kind: z.literal('label'),
  register: z.string().nullable(),
  zone: z.enum(zones).nullable(),
  isMere: yes,
  isBehind: yes,
  isBetween: yes,
  isPerhapsTime: yes,
}) satisfies z.ZodType<LabelToken>

const namedServices = [...services, 'WATER', 'SEWAGE'] as const satisfies readonly NamedService[]

const serviceToken = z.object({
  kind: z.literal('service'),
  service: z.enum(namedServices),
  index: z.string().nullable(),
  isBehind: yes,
  isBetween: yes,
}) satisfies z.ZodType<ServiceToken>

const token: z.ZodType<Token> = z.discriminatedUnion('kind', [
  numberToken,
  codeToken,
  badToken,
  labelToken,
  serviceToken,
])

const open = z.object({
  code,
  about: about.nullable(),
  candidates: z.array(z.object({ ...account, submitted: z.string() })),
  values: z.array(readValue),
  tokens: z.array(token),
  proposal: z.object({ meter: z.string(), values: z.array(readValue) }).nullable(),
  valuesAt: instant,
  confirmed: z.array(code),
  askedAt: instant,
  submission: z.string(),
  isUnasked: z.boolean().exactOptional(),
  isUnheard: z.boolean().exactOptional(),
  isHeld: z.boolean().exactOptional(),
}) satisfies z.ZodType<Open>

const bindingId = z.int().nonnegative()
/** Ids of bindings go on from the last one: where it is not known, an old button could mean another account. */
const chat = z
  .object({
    bindings: z.array(z.object({ id: bindingId, ...account })),
    lastId: bindingId,
    language: z.enum(languages).nullable(),
    binding: z.object({ at: instant, account: about.nullable() }).nullable(),
    recent: z.array(about.extend({ at: instant })),
  })
  .partial()
  .refine(({ bindings = [], lastId = 0 }) => bindings.every(({ id }) => id <= lastId))

/** A conversation by text, with what a chat remembers besides. */
export const talkShape = z.object({
  at: instant,
  l: z.literal('en').optional(),
  r: z.array(z.number()).optional(),
  x: z.literal(1).optional(),
  o: z.array(open).optional(),
  k: about.optional(),
  c: chat.optional(),
})

/** What is kept of a conversation whose rest is not understood: in itself it means one thing. */
export const talkRest = {
  l: talkShape.shape.l,
  r: talkShape.shape.r,
  x: talkShape.shape.x,
  c: z.union([chat, z.object({ lastId: bindingId })]),
}

/** A call. */
export const callShape = z.object({
  stage: z.enum(callStages),
  asked: z.int().positive(),
  step: z.string(),
  misses: z.int().nonnegative(),
  denials: z.int().nonnegative(),
  accounts: z.array(accountRef),
  meter: z
    .object({
      meter: z.string(),
      service: z.enum(services),
      registers: z.array(z.object({ register: z.string(), zone: z.enum(zones) })),
      isNamed: z.boolean(),
    })
    .nullable(),
  values: z.array(readValue),
  valuesAt: instant.nullable(),
  doubt: open.nullable(),
  insisted: z.array(readValue),
  done: z.record(z.string(), z.int().nonnegative()),
  holding: z.string().nullable(),
  end: z.enum(callEnds),
}) satisfies z.ZodType<CallState>

/** What is kept of a call whose rest is not understood: how often a meter's readings were accepted names the next one. */
export const callRest = { done: callShape.shape.done }
