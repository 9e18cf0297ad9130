import type { z } from 'zod'
import { channels as ownChannels } from '../channels/index.ts'
import type { AnyChannel } from '../src/channel/define-channel.ts'
import { Environment } from '../src/environment.ts'

/** A variable as an operator meets it: name, default as it would be written, and its sentence. */
interface Variable {
  readonly name: string
  readonly standard: string
  readonly sentence: string
}

/** Every variable there is, the house's first, then each channel's; a shared one once. */
export function variablesOf(channels: readonly Pick<AnyChannel, 'env'>[] = ownChannels): readonly Variable[] {
  const shapes = [Environment.shape, ...channels.map((channel) => channel.env.shape)]
  const entries = shapes.flatMap((shape) => Object.entries(shape) as [string, z.ZodType][])
  const variables = entries.map(([name, schema]) => ({
    name,
    standard: standardOf(schema),
    sentence: sentenceOf(schema),
  }))
  return variables.filter(({ name }, at) => variables.findIndex((one) => one.name === name) === at)
}

function standardOf(schema: z.ZodType): string {
  const standard = schema.safeParse(undefined).data
  return standard === undefined || standard === null ? '' : String(standard)
}

/** A sentence may stand inside `.optional()` or `.default()`. */
function sentenceOf(schema: z.ZodType): string {
  for (let inner: unknown = schema; ; inner = innerOf(inner)) {
    const sentence = (inner as z.ZodType | undefined)?.description
    if (sentence !== undefined || inner === undefined) return sentence ?? ''
  }
}

function innerOf(schema: unknown): unknown {
  const { innerType, in: first } = (schema as { def: { innerType?: unknown; in?: unknown } }).def
  return innerType ?? first
}
