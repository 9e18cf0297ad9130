import formbody from '@fastify/formbody'
import fastify from 'fastify'

/** The handler that everything is measured against: Fastify parses a form and answers; nothing is checked, read or kept. */
const app = fastify({ logger: false })
await app.register(formbody)
app.post('/channels/sms/twilio', (_request, reply) => reply.type('text/xml').send('<Response/>'))
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
