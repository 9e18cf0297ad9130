import { z } from 'zod'
import { defineChannel } from '../../src/channel/define-channel.ts'
import { twilioEnv } from '../../src/channel/shared-variables.ts'
import { secret } from '../../src/channel/variables.ts'
import { httpProbe, httpRoute } from './http.ts'
import { messageProbe, twilioRoute } from './twilio.ts'

/** Text messages, by Twilio's webhook or by any other provider's JSON. */
export const sms = defineChannel({
  name: 'sms',
  prefix: '/channels/sms',
  env: z.object({
    ...twilioEnv,
    SMS_HTTP_TOKEN: secret(16)
      .optional()
      .describe('Bearer token of any other SMS provider; turns on /channels/sms/http.'),
  }),
  routes: ({ TWILIO_AUTH_TOKEN, SMS_HTTP_TOKEN }, { publicUrl }) => [
    ...(TWILIO_AUTH_TOKEN === undefined ? [] : [twilioRoute(TWILIO_AUTH_TOKEN, publicUrl)]),
    ...(SMS_HTTP_TOKEN === undefined ? [] : [httpRoute(SMS_HTTP_TOKEN)]),
  ],
  probes: ({ TWILIO_AUTH_TOKEN, SMS_HTTP_TOKEN }, { publicUrl, probeId }) => [
    ...(TWILIO_AUTH_TOKEN === undefined ? [] : [messageProbe({ authToken: TWILIO_AUTH_TOKEN, publicUrl }, probeId)]),
    ...(SMS_HTTP_TOKEN === undefined ? [] : [httpProbe(SMS_HTTP_TOKEN, probeId)]),
  ],
})
