import { z } from 'zod'

/** The variables that say which addresses a bill's QR may hold; every channel that reads bills has them, and says the same. */
export const billEnv = {
  BILL_URL_HOSTS: z.string().optional().describe('Hosts whose address in the QR of a bill may name the account.'),
  BILL_URL_PARAMETER: z.string().optional().describe('The query parameter of that address with the account.'),
}
