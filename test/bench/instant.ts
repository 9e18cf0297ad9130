import { sms } from '../../channels/sms/index.ts'
import { channelIo } from '../../src/channel-io.ts'
import type { Answer, Delivery } from '../../src/core/delivery.ts'
import { createIntake } from '../../src/core/intake.ts'
import type { Decision, Facts, Lookup } from '../../src/core/store.ts'
import { createApp } from '../../src/http/app.ts'
import type { Health } from '../../src/http/health.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { openLog } from '../../src/log.ts'
import { createClock, thisMachine } from '../../src/machine.ts'

/** The gateway's HTTP side alone: everything is real but the dialog and the store, which say yes at once. */
const answer: Answer = {
  submissionId: '2a3c5a39-0d4b-5a3c-8a77-6a3f0a1d3c11',
  outcomes: [{ kind: 'accepted', flags: [] }],
  text: 'Приняли за ноябрь: счётчик …5057, 56311.',
  items: [],
}
const facts = { answered: () => undefined, apply: () => undefined } as unknown as Facts
const health: Health = { status: 'ok', components: [], registry: 'ready', outbox: null, relay: null }
const port = Number(process.env['PORT'])
const { TOKEN = '' } = process.env
const now = createClock(undefined, thisMachine.wallMs)

const intake = createIntake({
  store: {
    async transact(_lookups, decide) {
      decide(facts)
    },
  },
  lookup: () => ({}) as Lookup,
  decide: (delivery: Delivery) => ({ delivery, answer }) as Decision,
  batchMax: 256,
  waitingMax: 2_000,
})
const app = createApp({
  channels: [
    {
      name: sms.name,
      prefix: sms.prefix,
      routes: sms.routes(
        { TWILIO_AUTH_TOKEN: TOKEN },
        {
          publicUrl: `http://127.0.0.1:${port}`,
          branches: [],
          assets: () => ({ folder: '', routes: [] }),
          io: channelIo,
        },
      ),
    },
  ],
  submit: intake.submit,
  store: {
    look: async () => facts,
    answerOf: async () => null,
    noteFailed: async () => undefined,
    noteReached: async () => undefined,
  },
  health: async () => health,
  metrics: createMetrics([sms.name]),
  log: openLog('info'),
  now,
  clockIsSet: false,
  newId: thisMachine.newId,
  families: async () => [],
  uploads: { keepUpload: async () => Promise.reject(new Error('nobody uploads')), uploadState: async () => null },
  trustedProxies: [],
  inFlightMax: 2_000,
  limitsSecret: thisMachine.newSecret(),
  monotonicMs: thisMachine.monotonicMs,
})
await app.listen({ host: '127.0.0.1', port })
