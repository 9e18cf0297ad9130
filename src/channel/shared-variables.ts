/** Variables that several channels have. */

import { z } from 'zod'
import type { BillUrls } from '../language/bill-qr.ts'
import { isHostName, list, secret } from './variables.ts'

/** Of every channel that Twilio brings. */
export const twilioEnv = {
  TWILIO_AUTH_TOKEN: secret(32)
    .optional()
    .describe("The Twilio account's auth token, which signs every webhook; turns on Twilio's routes."),
}

/** Which addresses a bill's QR may hold: the house's, and of every channel that reads bills. */
export const billEnv = {
  BILL_URL_HOSTS: list(isHostName, 'must be host names, separated by commas').describe(
    'Hosts, separated by commas, whose address in the QR of a bill may name the account; it is never fetched.',
  ),
  BILL_URL_PARAMETER: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/, { error: 'must be the name of a query parameter' })
    .default('ls')
    .describe('The query parameter of that address in which the account stands.'),
}

/** The addresses that a bill may carry. */
export function billUrlsOf(env: z.infer<z.ZodObject<typeof billEnv>>): BillUrls {
  return { urlHosts: env.BILL_URL_HOSTS.map((host) => host.toLowerCase()), urlParameter: env.BILL_URL_PARAMETER }
}
