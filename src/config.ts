import { relative } from 'node:path'
import type { z } from 'zod'
import { channels as ownChannels } from '../channels/index.ts'
import { loadBranches } from './branches.ts'
import type { AnyChannel } from './channel/define-channel.ts'
import { secretLength } from './channel/variables.ts'
import type { Branches } from './core/branch.ts'
import type { ConversationLimits } from './dialog/conversation/state.ts'
import { Environment, listenAddress, nonEmpty } from './environment.ts'
import { canBeFolder, canBeWritten, FOLDER_ADVICE, realPlace } from './folders.ts'

type ChannelVariables = Pick<AnyChannel, 'name' | 'env'>
type Variables = Readonly<Record<string, string | undefined>>

/** Everything that may be set from outside, checked. */
export interface Config extends Omit<Environment, 'PUBLIC_URL'> {
  /** Without a slash at its end. */
  readonly PUBLIC_URL: string
  readonly branches: Branches
  /** Channel name → the channel's own variables, as its schema gives them. */
  readonly channelEnv: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** How long a conversation goes on, and how often a number is answered (rules 13 and 15). */
  readonly conversationLimits: ConversationLimits
  /** How long raw input and decisions are kept (rule 28). */
  readonly retention: { readonly rawMs: number; readonly decisionsMs: number }
}

/** A variable that is wrong, and what to do; never its value, which may be a secret. */
export interface Problem {
  readonly variable: string
  readonly advice: string
}

/** Either the configuration or every problem with it. */
export type ReadConfig = { readonly config: Config } | { readonly problems: readonly Problem[] }

/** Reads the environment. Makes nothing on disk. */
export function readConfig(variables: Variables, channels: readonly ChannelVariables[] = ownChannels): ReadConfig {
  const env = nonEmpty(variables)
  const house = Environment.safeParse(env)
  const ofChannels = channels.map(({ name, env: schema }) => ({ name, read: schema.safeParse(env) }))
  const branches = loadBranches(env['BRANCHES_FILE'] ?? null)
  const wrong = [
    ...[house, ...ofChannels.map(({ read }) => read)].flatMap(({ error }) => schemaProblems(error)),
    ...('problems' in branches ? branches.problems : []).map((advice) => ({ variable: 'BRANCHES_FILE', advice })),
  ]
  const sound = house.success ? house.data : soundPartOf(env, house.error)
  const unsafe = unsafeProblems(sound, env, channels).filter(
    ({ variable }) => !wrong.some((one) => one.variable === variable),
  )
  const problems = [...wrong, ...unsafe]
  if (!house.success || 'problems' in branches || problems.length > 0) return { problems: eachOnce(problems) }
  return {
    config: {
      ...house.data,
      PUBLIC_URL: publicUrl(house.data),
      ...branches,
      channelEnv: Object.fromEntries(ofChannels.map(({ name, read }) => [name, read.data ?? {}])),
      ...durationsOf(house.data),
    },
  }
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

function durationsOf(env: Environment): Pick<Config, 'conversationLimits' | 'retention'> {
  return {
    conversationLimits: {
      goesOnMs: env.CONVERSATION_MINUTES * MINUTE_MS,
      confirmMs: env.QUESTION_HOURS * HOUR_MS,
      repliesAnHourMax: env.REPLIES_HOURLY_MAX,
    },
    retention: { rawMs: env.RAW_KEPT_DAYS * DAY_MS, decisionsMs: env.DECISIONS_KEPT_DAYS * DAY_MS },
  }
}

/** The variables that are right by themselves, and defaults for the others: what is unsafe is named beside what is wrong. */
function soundPartOf(env: Variables, { issues }: z.ZodError): Environment {
  const wrong = new Set(issues.map(({ path }) => path[0]))
  return Environment.parse(Object.fromEntries(Object.entries(env).filter(([name]) => !wrong.has(name))))
}

function schemaProblems(error: z.ZodError | undefined): Problem[] {
  return (error?.issues ?? []).map(({ path, message }) => ({ variable: String(path[0]), advice: message }))
}

/** Two channels may share a variable, and then say the same of it. */
function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.variable} ${problem.advice}`, problem])).values()]
}

/** What is right by itself and would still be wrong to run with. */
function unsafeProblems(sound: Environment, env: Variables, channels: readonly ChannelVariables[]): Problem[] {
  return [
    ...problemsTogether(sound),
    ...(sound.NODE_ENV === 'production' ? shortSecrets(env, channels) : []),
    ...inboxProblems(env['SLIPS_INBOX'], sound.DATA_DIR),
  ]
}

/** What each variable alone allows and all of them together do not. */
function problemsTogether(env: Environment): Problem[] {
  const production = env.NODE_ENV === 'production'
  const sasl = env.KAFKA_SASL_MECHANISM
  const rules: [wrong: boolean, variable: string, advice: string][] = [
    [production && env.CLOCK !== undefined, 'CLOCK', 'must not be set where NODE_ENV is production'],
    [
      production && !isSafeAddress(publicUrl(env)),
      'PUBLIC_URL',
      'must be the https address that providers call, where NODE_ENV is production',
    ],
    [!canBeWritten(env.DATA_DIR), 'DATA_DIR', FOLDER_ADVICE],
    [sasl !== undefined && env.KAFKA_USERNAME === undefined, 'KAFKA_USERNAME', 'must be set with KAFKA_SASL_MECHANISM'],
    [sasl !== undefined && env.KAFKA_PASSWORD === undefined, 'KAFKA_PASSWORD', 'must be set with KAFKA_SASL_MECHANISM'],
    [
      sasl === undefined && (env.KAFKA_USERNAME ?? env.KAFKA_PASSWORD) !== undefined,
      'KAFKA_SASL_MECHANISM',
      'must be set with KAFKA_USERNAME and KAFKA_PASSWORD',
    ],
    [
      production && sasl === 'plain' && !env.KAFKA_SSL,
      'KAFKA_SSL',
      'must be true with KAFKA_SASL_MECHANISM plain, which would send the password for all to read',
    ],
    [env.DECISIONS_KEPT_DAYS < env.RAW_KEPT_DAYS, 'DECISIONS_KEPT_DAYS', 'must not be fewer than RAW_KEPT_DAYS'],
    [
      env.KAFKA_TOPIC_READINGS === env.KAFKA_TOPIC_REJECTED,
      'KAFKA_TOPIC_REJECTED',
      'must be another topic than KAFKA_TOPIC_READINGS',
    ],
  ]
  return rules.filter(([wrong]) => wrong).map(([, variable, advice]) => ({ variable, advice }))
}

const INBOX_OF_STORE =
  'must be a folder of its own, for what lies in it is moved away: not DATA_DIR, nor one in DATA_DIR/slips'

function inboxProblems(inbox: string | undefined, dataDir: string): Problem[] {
  if (inbox === undefined) return []
  const wrong = !canBeFolder(inbox) ? FOLDER_ADVICE : isOfStore(inbox, dataDir) ? INBOX_OF_STORE : null
  return wrong === null ? [] : [{ variable: 'SLIPS_INBOX', advice: wrong }]
}

/** Whether the inbox is a folder in which the gateway keeps its own files: as scans, they would be put aside. */
function isOfStore(inbox: string, dataDir: string): boolean {
  const within = relative(realPlace(dataDir), realPlace(inbox))
  return within === '' || /^slips($|[/\\])/.test(within)
}

/** Secrets that somebody could guess. */
function shortSecrets(env: Variables, channels: readonly ChannelVariables[]): Problem[] {
  return channels
    .flatMap((channel) => Object.entries<z.ZodType>(channel.env.shape))
    .map(([variable, schema]) => ({ variable, least: secretLength(schema) ?? 0 }))
    .filter(({ variable, least }) => (env[variable] ?? '').length < least && env[variable] !== undefined)
    .map(({ variable, least }) => ({
      variable,
      advice: `must have ${least} characters or more, where NODE_ENV is production`,
    }))
}

function publicUrl({ PUBLIC_URL, HOST, PORT }: Environment): string {
  return PUBLIC_URL ?? listenAddress(HOST, PORT)
}

function isSafeAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
