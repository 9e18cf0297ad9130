import { isIP } from 'node:net'
import { z } from 'zod'
import { billEnv } from './channel/shared-variables.ts'
import { instant, isHostName, list, plainAddress, wholeNumber } from './channel/variables.ts'

const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .default('false')
  .transform((text) => text === 'true')

/** Kafka's own limits on a topic's name. */
const topic = z.string().regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/, {
  error: 'must be letters, digits, dots, dashes and underscores, at most 249 of them, and neither . nor ..',
})

/** The variables of the house; those of a channel stand with the channel. Values are what the parts take, not strings. */
export const Environment = z.object({
  NODE_ENV: z
    .string()
    .trim()
    .toLowerCase()
    .refine((name) => name === 'production' || !name.startsWith('prod'), { error: 'must be spelt out: production' })
    .optional()
    .describe(
      '“production” refuses what is only good for demonstrations: a set clock, an address without https, short secrets.',
    ),
  HOST: z
    .string()
    .refine(isHost, { error: 'must be a host name or an address' })
    .default('127.0.0.1')
    .describe('The address to listen on.'),
  PORT: wholeNumber(0, 65_535).default(8080).describe('The port to listen on; 0 takes a free one.'),
  PUBLIC_URL: plainAddress
    .optional()
    .describe(
      'The address that providers call and sign; without it http://HOST:PORT. No forwarded header is trusted for this.',
    ),
  TRUSTED_PROXIES: list(isNetwork, 'must be addresses or networks such as 10.0.0.0/8, separated by commas').describe(
    'Addresses or networks, separated by commas, whose X-Forwarded-For is believed when requests are counted by network.',
  ),
  DATA_DIR: z.string().default('./data').describe('The folder of the embedded store; made where it is missing.'),
  STORE_URL: z
    .string()
    .regex(/^sqlite:$|^postgres(ql)?:\/\//, { error: 'must be sqlite: or start with postgres://', abort: true })
    .refine((url) => URL.canParse(url), { error: 'must be an address such as postgres://USER:PASSWORD@HOST/DATABASE' })
    .default('sqlite:')
    .describe(
      'Where submissions are kept: sqlite: (in DATA_DIR) or postgres://USER:PASSWORD@HOST/DATABASE, with ?sslmode=verify-full over TLS.',
    ),
  BRANCHES_FILE: z
    .string()
    .optional()
    .describe('The JSON file with the branches (time zone, window, account pattern); without it the bundled example.'),
  KAFKA_BROKERS: list(isHostPort, 'must be HOST:PORT, separated by commas').describe(
    'Brokers as HOST:PORT, separated by commas; without them events wait in the outbox.',
  ),
  KAFKA_SSL: flag.describe('Whether the brokers are spoken to over TLS.'),
  KAFKA_SASL_MECHANISM: z
    .string()
    .toLowerCase()
    .pipe(
      z.enum(['plain', 'scram-sha-256', 'scram-sha-512'], { error: 'must be plain, scram-sha-256 or scram-sha-512' }),
    )
    .optional()
    .describe('How the gateway signs in to the brokers: plain, scram-sha-256 or scram-sha-512; without it not at all.'),
  KAFKA_USERNAME: z.string().optional().describe("The gateway's name at the brokers."),
  KAFKA_PASSWORD: z.string().optional().describe("The gateway's password at the brokers."),
  KAFKA_TOPIC_READINGS: topic.default('meter-readings').describe('The topic of accepted readings.'),
  KAFKA_TOPIC_REJECTED: topic.default('meter-readings-rejected').describe('The topic of rejected submissions.'),
  ...billEnv,
  CONVERSATION_MINUTES: wholeNumber(1, 1_440)
    .default(30)
    .describe('Minutes after the last message in which the next one completes what is there.'),
  QUESTION_HOURS: wholeNumber(1, 720)
    .default(24)
    .describe('Hours that a question waits for its answer; then a reading in it waits for an operator.'),
  REPLIES_HOURLY_MAX: wholeNumber(1, 1_000).default(10).describe('Replies to one number in an hour, at most.'),
  RAW_KEPT_DAYS: wholeNumber(30, 3_660).default(90).describe('Days that what customers sent, as it came, is kept.'),
  DECISIONS_KEPT_DAYS: wholeNumber(366, 36_600)
    .default(1_096)
    .describe('Days that decisions, readings and events are kept; no fewer than raw input is.'),
  CLOCK: instant
    .optional()
    .describe('An instant (RFC 3339) at which the clock of the gateway starts: for demonstrations and tests only.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info')
    .describe('The least level that is logged: fatal, error, warn, info, debug, trace or silent.'),
})
export type Environment = z.infer<typeof Environment>

/** The variables that say something: an empty one counts as absent. */
export function nonEmpty(variables: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  )
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

/** Where a server listens that is at this host, by name or address, and port. */
export function listenAddress(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Whether an address to call can be made of it: `1.2.3.4.5` looks like a name, and is none. */
function isHost(text: string): boolean {
  return (isIP(text) !== 0 || isHostName(text)) && URL.canParse(listenAddress(text, 80))
}

function isHostPort(text: string): boolean {
  const [, number] = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\]):(\d{1,5})$/.exec(text) ?? []
  return number !== undefined && Number(number) > 0 && Number(number) <= 65_535
}
