import { z } from 'zod'
import { defineChannel } from '../../src/channel/define-channel.ts'
import { e164 } from '../../src/channel/phone.ts'
import { twilioEnv } from '../../src/channel/shared-variables.ts'
import { secret } from '../../src/channel/variables.ts'
import { httpProbe, httpRoute } from './http.ts'
import { callProbe, twilioRoutes } from './twilio.ts'

/** Telephone calls, by Twilio's webhooks or by any other platform's JSON. */
export const ivr = defineChannel({
  name: 'ivr',
  prefix: '/channels/ivr',
  env: z.object({
    ...twilioEnv,
    IVR_HTTP_TOKEN: secret(16)
      .optional()
      .describe('Bearer token of any other telephony platform; turns on /channels/ivr/http.'),
    OPERATOR_NUMBER: z
      .string()
      .refine((number) => e164(number) !== null, { error: 'must be a phone number like +74212000000' })
      .optional()
      .describe('Where Twilio puts callers through who want an operator, E.164; empty: they hear where to call.'),
  }),
  routes: ({ TWILIO_AUTH_TOKEN, IVR_HTTP_TOKEN, OPERATOR_NUMBER: operator }, { publicUrl }) => [
    ...(TWILIO_AUTH_TOKEN === undefined ? [] : twilioRoutes(TWILIO_AUTH_TOKEN, { publicUrl, operator })),
    ...(IVR_HTTP_TOKEN === undefined ? [] : [httpRoute(IVR_HTTP_TOKEN)]),
  ],
  probes: ({ TWILIO_AUTH_TOKEN, IVR_HTTP_TOKEN }, { publicUrl, probeId }) => [
    ...(TWILIO_AUTH_TOKEN === undefined ? [] : [callProbe({ authToken: TWILIO_AUTH_TOKEN, publicUrl }, probeId)]),
    ...(IVR_HTTP_TOKEN === undefined ? [] : [httpProbe(IVR_HTTP_TOKEN, probeId)]),
  ],
})
