import { secret } from './secret.ts'

/** The variable of every channel that Twilio brings. */
export const twilioEnv = {
  TWILIO_AUTH_TOKEN: secret(32)
    .optional()
    .describe("The Twilio account's auth token, which signs every webhook; turns on Twilio's routes."),
}
