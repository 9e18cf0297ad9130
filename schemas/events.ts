import { z } from 'zod'
import { codes, flags } from './codes.ts'

/**
 * The events as they cross the house (CloudEvents 1.0, Kafka binding, binary mode): data and headers.
 * Lists that will grow (channel, kind, flags, codes) are open words with examples, so that a new one breaks no consumer;
 * lists that are the registry's own (service, zone, unit, quality) are closed.
 */

/** Where the schema of a type is named; the `$id` of its JSON Schema and the `ce_dataschema` of its events. */
export const dataSchemaOf = (type: EventType): string => `urn:meter-reading-gateway:schema:${type}`

/** The types of event; a change that breaks a consumer needs a new version here. */
export const eventTypes = { accepted: 'meter.reading.accepted.v1', rejected: 'meter.reading.rejected.v1' } as const
/** See the list above. */
export type EventType = (typeof eventTypes)[keyof typeof eventTypes]

/** Channels as events name them; there are none yet of the last two. */
const eventChannels = ['WEB', 'SMS', 'VIBER', 'TELEGRAM', 'IVR', 'SLIP', 'DESK', 'CABINET'] as const
/** See the list above. */
export type EventChannel = (typeof eventChannels)[number]

const word = z.string().regex(/^[A-Z][A-Z0-9_]*$/)
const decimal = z.string().regex(/^\d{1,15}(\.\d{1,6})?$/)
const instant = z.iso.datetime()
const branch = z
  .string()
  .min(1)
  .describe("The branch's id, as in the branches file.")
  .meta({ examples: ['amur'] })
const channel = word
  .describe('The channel that it came by. The list grows: take an unknown word as it is.')
  .meta({ examples: [...eventChannels] })
/** Each word with what it means, in the order of the list. */
const explained = (words: Readonly<Record<string, { readonly meaning: string }>>): string =>
  Object.entries(words)
    .map(([name, { meaning }]) => `${name}: ${meaning}`)
    .join(' ')

/** The codes that a rejected event may carry, of all that an outcome may. */
const rejectedCodes = Object.fromEntries(
  Object.entries(codes).filter(([, { outcomes }]) => outcomes.some((kind) => kind === 'rejected')),
)

/** One register of an accepted reading. Values are decimal strings, so that no digit is lost on the way. */
const RegisterReading = z
  .object({
    register: z
      .string()
      .min(1)
      .describe("The meter's own label of the register.")
      .meta({ examples: ['T1'] }),
    zone: z.enum(['TOTAL', 'DAY', 'NIGHT', 'PEAK', 'HALF_PEAK']).describe('The time zone that the register counts.'),
    value: decimal.describe(
      "The reading, in the meter's own unit, before the transformer ratio, without zeros in front; electricity is cut to whole kWh.",
    ),
    previous: decimal.describe(
      'The last billed value that the registry had, in the same unit, before the ratio; electricity is cut to whole kWh. ' +
        'Never a reading that was accepted since, neither one of the month before nor the one that `supersedes` names.',
    ),
    consumption: z
      .string()
      .regex(/^\d{1,20}(\.\d{1,6})?$/)
      .describe(
        '(value − previous) × ratio; where the dial of n whole digits went over its top, (10^n + value − previous) × ratio. ' +
          'It counts from `previous`: that of a reading which supersedes another takes its place, and is not added to it.',
      ),
    unit: z.enum(['kWh', 'm3', 'Gcal']).describe('The unit of the three numbers.'),
  })
  .describe('One register of the meter.')
export type RegisterReading = z.infer<typeof RegisterReading>

/** Data of `meter.reading.accepted.v1`: one meter's reading for one period, as billing takes it. */
export const AcceptedReading = z
  .object({
    branch,
    account: z.string().min(1).describe('The account as the registry writes it; a string, leading zeros count.'),
    service: z.enum(['ELECTRICITY', 'COLD_WATER', 'HOT_WATER', 'HEAT', 'GAS']).describe('What the meter counts.'),
    meter: z.string().min(1).describe("The meter's serial as the registry writes it; leading zeros count."),
    period: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
      .describe(
        "The month that it counts for, decided in the branch's own time zone: the next month for what comes after the window.",
      ),
    receivedAt: instant.describe(
      'When the channel received the values, UTC: of a value that was asked about, the message that brought it, not the one ' +
        'that confirmed it; of a paper slip, when its drop-box was emptied. It decides the period. It does not tell which of ' +
        'two readings counts: `supersedes` does.',
    ),
    takenOn: z.iso
      .date()
      .nullable()
      .describe('The local day on which the meter was read; null: not known, as in every channel so far.'),
    channel,
    kind: word
      .describe('Why it was read. The list grows: take an unknown word as it is.')
      .meta({ examples: ['REGULAR'] }),
    quality: z
      .enum(['CUSTOMER', 'CONFIRMED', 'OPERATOR', 'SCAN'])
      .describe(
        'Who vouches for it. CUSTOMER: the customer. CONFIRMED: the customer, who confirmed a doubtful value or took a ' +
          'proposed one. OPERATOR: an operator, as of a slip that a person read. SCAN: a slip read by machine alone.',
      ),
    flags: z
      .array(word)
      .describe(
        `What to know about it, each once, in alphabetical order. The list grows: pass over unknown words. ${explained(flags)}`,
      )
      .meta({ examples: [[], ['NO_SERIAL'], ['HIGH', 'OLD_ACCOUNT']] }),
    registers: z.array(RegisterReading).min(1).describe("Every register of the meter, in the registry's order."),
    ratio: z.int().min(1).describe('Transformer ratio, already in `consumption`.'),
    submittedAccount: z
      .string()
      .min(1)
      .describe(
        'The account as it was sent, without spaces and dashes, letters as Cyrillic capitals; differs from `account` where an ' +
          'old number or an ЕЛС was sent. `account` itself where none was sent, as from a known phone.',
      ),
    supersedes: z
      .uuid()
      .nullable()
      .describe(
        '`ce_id` of the reading of the same meter and period that this one replaces, and that counts no more; null: none.',
      ),
    submissionId: z
      .uuid()
      .describe(
        'The submission that settled it: UUIDv5 of channel and provider message id. Of a value that was asked about, the ' +
          'message that confirmed it. All meters of one message have the same.',
      ),
  })
  .describe('A meter reading that was accepted.')
export type AcceptedReading = z.infer<typeof AcceptedReading>

/** Data of `meter.reading.rejected.v1`. What was sent stays in the gateway's store, behind `raw.reference`. */
export const RejectedReading = z
  .object({
    branch: branch.optional().describe("The branch's id; left out where the account is not known."),
    account: z
      .string()
      .min(1)
      .optional()
      .describe('The account as the registry writes it; left out where what was sent leads to none.'),
    meter: z
      .string()
      .min(1)
      .optional()
      .describe(
        "The meter's serial as the registry writes it; left out where what was sent leads to none of the account.",
      ),
    channel,
    receivedAt: instant.describe(
      'When the channel received the message that is rejected, UTC; of a paper slip, when its drop-box was emptied.',
    ),
    codes: z
      .array(word)
      .min(1)
      .describe(
        `Why, in order of precedence. The list grows: take an unknown word as it is. ${explained(rejectedCodes)}`,
      )
      .meta({ examples: Object.keys(rejectedCodes).map((code) => [code]) }),
    raw: z
      .object({ reference: z.string().min(1).describe("Names the raw input in the gateway's store.") })
      .describe('What was sent, by reference.'),
    submissionId: z
      .uuid()
      .describe(
        'The submission that was rejected, or one of its meters: UUIDv5 of channel and provider message id. All meters of one ' +
          'message have the same.',
      ),
  })
  .describe('A meter reading that was rejected. What was accepted of that meter before still stands.')
export type RejectedReading = z.infer<typeof RejectedReading>

const cloudEvent = 'CloudEvents 1.0 headers, as UTF-8 strings.'
const headersOf = (type: EventType) =>
  z.object({
    ce_specversion: z.literal('1.0').describe('CloudEvents version.'),
    ce_id: z
      .uuid()
      .describe(
        "UUIDv5 of channel, provider message id and meter position; of a reading by telephone, of the call and the meter's " +
          'serial. A retry has the same id.',
      ),
    ce_source: z
      .string()
      .regex(/^\/gateway\/([a-z][a-z0-9-]*|-)\/[A-Z][A-Z0-9_]*$/)
      .describe('`/gateway/BRANCH/CHANNEL`; the branch is `-` where it is not known.'),
    ce_type: z.literal(type).describe('The type of the event, with its version.'),
    ce_subject: z.string().min(1).optional().describe("The meter's serial; left out where it is not known."),
    ce_time: instant.describe('When the channel received it, UTC: `receivedAt` of the data.'),
    ce_dataschema: z.literal(dataSchemaOf(type)).describe('The `$id` of the JSON Schema of the data.'),
    ce_partitionkey: z.string().min(1).describe("The record's key."),
    'content-type': z.literal('application/json').describe('The data is UTF-8 JSON.'),
  })

/** Headers of an accepted reading's record. */
export const AcceptedHeaders = headersOf(eventTypes.accepted).required({ ce_subject: true }).describe(cloudEvent)
export type AcceptedHeaders = z.infer<typeof AcceptedHeaders>

/** Headers of a rejected reading's record. */
export const RejectedHeaders = headersOf(eventTypes.rejected).describe(cloudEvent)
export type RejectedHeaders = z.infer<typeof RejectedHeaders>
