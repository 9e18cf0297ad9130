import { eventTypes } from './events.ts'

/** A JSON document, as it is written to a file. */
export type Json = { readonly [name: string]: unknown }

const draft = 'application/schema+json;version=draft-2020-12'

const message = (type: string, summary: string, key: string): Json => ({
  name: type,
  title: type,
  summary,
  contentType: 'application/json',
  headers: { schemaFormat: draft, schema: { $ref: `./${type}.headers.json` } },
  payload: { schemaFormat: draft, schema: { $ref: `./${type}.json` } },
  bindings: { kafka: { key: { type: 'string', description: key }, bindingVersion: '0.5.0' } },
})

const channel = (address: string, name: string, description: string): Json => ({
  address,
  description,
  messages: { [name]: { $ref: `#/components/messages/${name}` } },
  bindings: { kafka: { topic: address, bindingVersion: '0.5.0' } },
})

const operation = (channelName: string, summary: string): Json => ({
  action: 'send',
  channel: { $ref: `#/channels/${channelName}` },
  summary,
})

/** The AsyncAPI 3 document of both topics, with their default names. */
export function asyncapi(): Json {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'meter-reading gateway',
      version: '1.0.0',
      description:
        'Every event stands on its topic exactly once for a `read_committed` consumer, in order for each account.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      readings: channel('meter-readings', 'accepted', 'Accepted readings; the topic is `KAFKA_TOPIC_READINGS`.'),
      rejected: channel(
        'meter-readings-rejected',
        'rejected',
        'Rejected readings; the topic is `KAFKA_TOPIC_REJECTED`.',
      ),
    },
    operations: {
      publishAccepted: operation('readings', 'One event for every accepted reading.'),
      publishRejected: operation('rejected', 'One event for every rejected reading.'),
    },
    components: {
      messages: {
        accepted: message(eventTypes.accepted, 'A meter reading was accepted.', '`BRANCH/ACCOUNT`'),
        rejected: message(
          eventTypes.rejected,
          'A meter reading was rejected.',
          "`BRANCH/ACCOUNT`, or the submission's id where there is no account",
        ),
      },
    },
  }
}
