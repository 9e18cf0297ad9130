import type { FastifyInstance } from 'fastify'
import { registryStates } from '../core/registry.ts'
import { conditions, type Health } from './health.ts'
import type { Metrics } from './metrics.ts'
import { counter, type Family, gauge } from './metrics-text.ts'

/** What the operator's routes need. */
export interface OperationsParts {
  readonly health: () => Promise<Health>
  readonly metrics: Metrics
  /** Metrics of other parts; never rejects. */
  readonly families: () => Promise<readonly Family[]>
}

const NO_STORE = { 'cache-control': 'no-store' }
const PROMETHEUS = { ...NO_STORE, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }

/** `/livez`: the process answers. `/readyz`: the worst component, with reasons; 503 while it fails. `/metrics`: Prometheus. */
export function mountOperations(app: FastifyInstance, { health, metrics, families }: OperationsParts): void {
  app.get('/livez', async (_request, reply) => {
    metrics.replied('house', 200)
    return reply.headers(NO_STORE).send({ status: 'ok' })
  })
  app.get('/readyz', async (_request, reply) => {
    const { status, components } = await health()
    const code = status === 'failing' ? 503 : 200
    metrics.replied('house', code)
    return reply.code(code).headers(NO_STORE).send({ status, components })
  })
  app.get('/metrics', async (_request, reply) => {
    const more = [...healthFamilies(await health()), ...(await families())]
    metrics.replied('house', 200)
    return reply.headers(PROMETHEUS).send(await metrics.text(more))
  })
}

function healthFamilies({ components, registry, outbox, relay }: Health): Family[] {
  return [
    gauge(
      'gateway_component_condition',
      'How each part is: 0 ok, 1 degraded, 2 failing.',
      components.map(({ name, status }) => ({
        labels: { component: name },
        value: conditions.indexOf(status),
      })),
    ),
    gauge(
      'gateway_registry_state',
      'The state that the registry is in has 1, the others 0.',
      registryStates.map((state) => ({ labels: { state }, value: state === registry ? 1 : 0 })),
    ),
    ...(outbox === null
      ? []
      : [
          gauge('gateway_outbox_depth', 'Events that wait for Kafka.', outbox.depth),
          gauge('gateway_outbox_age_seconds', 'How long the oldest waiting event has waited.', outbox.ageSeconds),
        ]),
    ...(relay === null
      ? []
      : [
          counter('gateway_relay_published_total', 'Events brought to Kafka since the start.', relay.published),
          counter('gateway_relay_failures_total', 'Times that the relay had to begin anew.', relay.failures),
          gauge('gateway_relay_position', 'Highest number of an event known to stand on Kafka.', relay.position),
        ]),
  ]
}
