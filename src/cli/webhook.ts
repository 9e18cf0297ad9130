import { channels } from '../../channels/index.ts'
import type { Webhook } from '../channel/define-channel.ts'
import { channelIo } from '../channel-io.ts'
import type { CliContext } from './context.ts'
import { ownConfig } from './own-config.ts'

/**
 * `CHANNEL set-webhook`: tells a messenger to bring its events to PUBLIC_URL; the gateway must answer there already, for
 * Viber tries it at once. 0: it will; 1: it refused, or the channel is off; 2: wrong usage.
 */
export function setWebhook(args: readonly string[], context: CliContext): Promise<number> {
  return tell(args, context, { done: 'brings its events to', call: ({ set }) => set() })
}

/** `CHANNEL remove-webhook`: the messenger brings no more events. Exit status as above. */
export function removeWebhook(args: readonly string[], context: CliContext): Promise<number> {
  return tell(args, context, {
    done: 'no longer brings its events to',
    call: (hook) => hook.remove(),
  })
}

interface Telling {
  readonly done: string
  readonly call: (webhook: Webhook) => ReturnType<Webhook['set']>
}

async function tell(args: readonly string[], context: CliContext, { done, call }: Telling): Promise<number> {
  const [name, ...rest] = args
  const channel = channels.find((one) => one.name === name)
  if (channel?.webhook === undefined || rest.length > 0) return 2
  const config = ownConfig(context)
  if (config === null) return 1
  const { PUBLIC_URL: publicUrl, channelEnv } = config
  const webhook = channel.webhook(channelEnv[channel.name] ?? {}, { publicUrl, io: channelIo })
  const problem = webhook === null ? 'is off: its token is not set' : ((await call(webhook))?.says ?? null)
  if (problem !== null) context.stderr(`${channel.name}: ${problem}`)
  else context.stdout(`${channel.name} ${done} ${publicUrl}${channel.prefix}`)
  return problem === null ? 0 : 1
}
