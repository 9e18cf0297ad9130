import { readConfig } from './config.ts'
import { errorFields } from './core/log.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { type GatewayLog, openLog } from './log.ts'
import { thisMachine } from './machine.ts'

/** An orchestrator kills after 10 s; whoever is not done by then would not be done at all. */
const STOP_MS_MAX = 9_500

await main()

/** Starts the gateway as the environment says; 2: the environment is wrong; 1: a part does not start, or stops badly. */
async function main(): Promise<void> {
  const read = readConfig(process.env)
  if ('problems' in read) {
    for (const { variable, advice } of read.problems) process.stderr.write(`${variable} ${advice}\n`)
    process.exitCode = 2
    return
  }
  const log = openLog(read.config.LOG_LEVEL)
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) =>
      fail(log, errorFields(error), 'the gateway broke and ends; nothing that was answered is lost'),
    )
  }
  let gateway: Gateway | null = null
  const stop = stopper(() => gateway, log)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
  try {
    gateway = await startGateway(read.config, { log, machine: thisMachine })
    log.info({ url: gateway.url }, 'the gateway listens')
  } catch (error) {
    // Nothing of a customer was read yet: here the message may be said.
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`the gateway does not start: ${reason}\n`)
    fail(log, { reason, ...errorFields(error) }, 'the gateway does not start')
  }
}

/** Heard from the first moment: in a container nobody else ends the first process. Half a start leaves no more than a crash. */
function stopper(started: () => Gateway | null, log: GatewayLog): () => void {
  let stopping = false
  return () => {
    const gateway = started()
    if (gateway === null) end(log, 0)
    if (stopping) end(log, 1)
    stopping = true
    log.info({}, 'the gateway stops')
    setTimeout(() => fail(log, {}, 'the gateway did not stop in time and ends as after a crash'), STOP_MS_MAX).unref()
    gateway.close().then(
      () => {
        log.info({}, 'the gateway has stopped')
        end(log, 0)
      },
      (error: unknown) => fail(log, errorFields(error), 'the gateway did not stop in order'),
    )
  }
}

function fail(log: GatewayLog, fields: object, sentence: string): void {
  log.error(fields, sentence)
  end(log, 1)
}

function end(log: GatewayLog, status: number): never {
  log.flush()
  process.exit(status)
}
