import type { CliContext } from './context.ts'

/** A command's name, how it is called, what it does in one line, and the module that knows how. */
interface Command {
  readonly words: readonly string[]
  readonly usage: string
  readonly does: string
  readonly load: () => Promise<(args: readonly string[], context: CliContext) => Promise<number>>
}

/** Every command. Modules are loaded only when called: `--help` needs no database. */
const commands: readonly Command[] = [
  {
    words: ['registry', 'import'],
    usage: 'registry import FILE',
    does: 'makes a billing export the registry, all or nothing',
    load: async () => (await import('./registry-import.ts')).registryImport,
  },
  {
    words: ['events'],
    usage: 'events [--after SEQ] [--follow]',
    does: 'prints the events, in the order of acceptance',
    load: async () => (await import('./events.ts')).events,
  },
  {
    words: ['explain', 'text'],
    usage: 'explain text [--from +7…] TEXT | -',
    does: 'shows how a message would be understood and answered',
    load: async () => (await import('./explain-text.ts')).explainText,
  },
  {
    words: ['explain', 'speech'],
    usage: "explain speech --as value --digits 5 [--decimals 0] TEXT | --as account --pattern '^\\d{10}$' TEXT | -",
    does: 'shows every number that a caller may have meant',
    load: async () => (await import('./explain-speech.ts')).explainSpeech,
  },
  {
    words: ['explain', 'qr'],
    usage: 'explain qr FILE | -',
    does: "shows how a bill's QR code would be understood",
    load: async () => (await import('./explain-qr.ts')).explainQr,
  },
  {
    words: ['slips', 'print'],
    usage: 'slips print --accounts FILE|--all|--branch ID --period 2026-12 [--layout a4|a6] --out FILE.pdf',
    does: 'prints paper slips; a6: one a page, a4: four',
    load: async () => (await import('./slips-print.ts')).slipsPrint,
  },
  {
    words: ['slips', 'scan'],
    usage: 'slips scan FILE… [--collected INSTANT] [--full] [--dry-run] [--sheet FILE.png]',
    does: 'reads scans of paper slips, and takes them in',
    load: async () => (await import('./slips-scan.ts')).slipsScan,
  },
  {
    words: ['slips', 'review'],
    usage: 'slips review',
    does: 'shows the slips that wait for a person, and takes what the person reads',
    load: async () => (await import('./slips-review.ts')).slipsReview,
  },
  {
    words: ['slips', 'calibrate'],
    usage: 'slips calibrate',
    does: 'compares what was read on slips with what people read, and proposes a bound',
    load: async () => (await import('./slips-calibrate.ts')).slipsCalibrate,
  },
  {
    words: ['*', 'set-webhook'],
    usage: 'viber|telegram set-webhook',
    does: 'tells the messenger to bring its events to PUBLIC_URL',
    load: async () => (await import('./webhook.ts')).setWebhook,
  },
  {
    words: ['*', 'remove-webhook'],
    usage: 'viber|telegram remove-webhook',
    does: 'tells it to bring them no more',
    load: async () => (await import('./webhook.ts')).removeWebhook,
  },
  {
    words: ['doctor'],
    usage: 'doctor',
    does: 'checks configuration, store, disk, Kafka and every channel that is on',
    load: async () => (await import('./doctor.ts')).doctor,
  },
]

/** Runs the command that the words name. Exit status: 0, 1 (failed), 2 (wrong usage, and stderr says how it is called). */
export async function runCommand(words: readonly string[], context: CliContext): Promise<number> {
  if (words.some((word) => word === '--help' || word === '-h') || words[0] === 'help') {
    for (const line of helpLines()) context.stdout(line)
    return 0
  }
  const command = commands.find(({ words: own }) => own.every((word, index) => isWord(words[index], word)))
  if (command === undefined) {
    for (const line of helpLines()) context.stderr(line)
    return 2
  }
  const run = await command.load()
  const free = words.filter((_word, index) => index >= command.words.length || command.words[index] === '*')
  const status = await run(free, context)
  if (status === 2) context.stderr(`usage: gateway ${command.usage}`)
  return status
}

/** `*` stands for any word, which the command is given with its arguments. */
function isWord(given: string | undefined, own: string): boolean {
  return given === own || (own === '*' && given !== undefined)
}

function helpLines(): readonly string[] {
  return [
    'usage: npm run -s gateway -- COMMAND',
    '',
    ...commands.flatMap(({ usage, does }) => [`  ${usage}`, `      ${does}`]),
    '',
    'Configured by the environment, like the gateway itself. Exit status: 0, 1 (failed), 2 (wrong usage).',
  ]
}
