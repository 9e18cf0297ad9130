import { PublishError } from '../outbox/publisher.ts'

/** Answers that mean: another producer with our transactional id has taken over, or the broker ended our transaction. */
const fenced = new Set(['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED'])

/** Answers that no further try will change. */
const refused = new Set([
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  // Our clock, or the broker's, is wrong by more than the topic allows.
  'INVALID_TIMESTAMP',
  // The broker's `transaction.max.timeout.ms` is shorter than our transactions may take.
  'INVALID_TRANSACTION_TIMEOUT',
  'INVALID_REPLICATION_FACTOR',
  'POLICY_VIOLATION',
  'INVALID_TOPIC_EXCEPTION',
  'UNSUPPORTED_VERSION',
  'KafkaJSSASLAuthenticationError',
])

/** What a kafkajs error means for the relay. kafkajs wraps errors in errors: the innermost that has a type or code counts. */
export function publishError(error: unknown): PublishError {
  if (error instanceof PublishError) return error
  const code = codeOf(error)
  if (fenced.has(code)) return new PublishError('fenced', code)
  return new PublishError(refused.has(code) ? 'refused' : 'away', code)
}

/** Protocol type (`INVALID_PRODUCER_EPOCH`), system code (`ECONNREFUSED`) or the error's name; of several errors in one, the first's. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  // Code 90 came after kafkajs, which only knows that it does not know it.
  if (error.message.endsWith('Unknown error code 90')) return 'PRODUCER_FENCED'
  if (error.name === 'KafkaJSSASLAuthenticationError') return error.name
  const { type, code, errors } = error as { type?: unknown; code?: unknown; errors?: unknown }
  if (typeof type === 'string') return type
  if (error.cause instanceof Error) return codeOf(error.cause)
  // What was asked of several topics fails with an error for each.
  if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0])
  return typeof code === 'string' ? code : error.name
}
