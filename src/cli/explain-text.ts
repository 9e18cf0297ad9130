import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { outcomeHeader } from '../../schemas/outcome.ts'
import { senderPhone } from '../channel/phone.ts'
import { instant } from '../channel/variables.ts'
import type { Delivery } from '../core/delivery.ts'
import { createDialog, type Dialog } from '../dialog/decide.ts'
import { lex } from '../language/lex.ts'
import { createClock, thisMachine } from '../machine.ts'
import { openRegistryAlone, type RegistryAlone } from '../open-store.ts'
import { loadFacts, type Records } from '../store/facts.ts'
import { pairs } from '../store/pairs.ts'
import type { CliContext } from './context.ts'
import { ownConfig } from './own-config.ts'
import { answerLines } from './stdin-lines.ts'

const StdinLine = z.object({
  text: z.string().describe('The message.'),
  from: z.string().optional().describe("The sender's phone."),
  at: instant.optional().describe('When the channel received it; now if left out.'),
})
type StdinLine = z.infer<typeof StdinLine>

const LINES = { schema: StdinLine, looks: '{"text":"…","from":"+7…"}', error: 'NOT_A_MESSAGE' } as const

/** Nothing was said before, and nothing stands: a message is explained by itself. */
const nothingRecorded: Records = { answered: () => pairs(), conversations: () => pairs(), standing: () => pairs() }

/**
 * `explain text [--from +7…] TEXT`, `explain text [--from +7…] -`: how a first message would be understood and answered, with the
 * registry as it is; stores nothing. `-` reads `{"text","from"?,"at"?}` lines. Prints `{"outcome","reply","tokens"}`,
 * one JSON object a message. Exit status 0; 1 (a line is no message, bad configuration); 2 (wrong usage).
 */
export async function explainText(args: readonly string[], context: CliContext): Promise<number> {
  const wanted = readWanted(args)
  if (wanted === null) return 2
  const config = ownConfig(context)
  if (config === null) return 1
  const { STORE_URL, DATA_DIR } = config
  const registry = openRegistryAlone(STORE_URL, resolve(context.cwd, DATA_DIR), thisMachine.monotonicMs)
  const now = createClock(config.CLOCK, thisMachine.wallMs)
  const explain = explainer({
    dialog: createDialog({ branches: config.branches, limits: config.conversationLimits }),
    registry,
    now,
  })
  try {
    const answer = (line: StdinLine) => explain({ ...wanted, ...line })
    if (wanted.text === '-') return await answerLines(context, { ...LINES, answer })
    context.stdout(await explain(wanted))
    return 0
  } finally {
    await registry.close()
  }
}

/** A text of `-` stands for what is piped in; the sender is that of each line which names none. */
function readWanted(args: readonly string[]): StdinLine | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { from: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    })
    const [text, ...more] = positionals
    if (text === undefined || more.length > 0) return null
    return { text, ...(values.from !== undefined && { from: values.from }) }
  } catch {
    return null
  }
}

interface Parts {
  readonly dialog: Dialog
  readonly registry: RegistryAlone
  readonly now: () => string
}

function explainer({ dialog: { lookup, decide }, registry, now }: Parts): (line: StdinLine) => Promise<string> {
  return async ({ text, from, at: receivedAt = now() }) => {
    const phone = from === undefined ? null : senderPhone(from)
    const delivery: Delivery = {
      channel: 'sms',
      eventChannel: 'SMS',
      deliveryId: 'explain',
      receivedAt,
      sender: null,
      phone,
      said: { text },
      language: 'ru',
    }
    const wanted = lookup(delivery)
    const reader = await registry.readerFor(wanted)
    const facts = loadFacts([wanted], { records: nothingRecorded, registry: reader, now: receivedAt })
    const { answer } = decide(delivery, facts)
    return JSON.stringify({ outcome: outcomeHeader(answer.outcomes), reply: answer.text, tokens: lex(text).tokens })
  }
}
