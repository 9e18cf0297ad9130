import type { BillUrls } from './bill-qr.ts'

/** Variables as they stand in the environment. */
export interface BillVariables {
  readonly BILL_URL_HOSTS?: string | undefined
  readonly BILL_URL_PARAMETER?: string | undefined
}

/**
 * The addresses that a bill may carry, from `BILL_URL_HOSTS` (comma-separated; none: no address is read) and
 * `BILL_URL_PARAMETER` (`ls` if unset).
 */
export function billUrlsOf({ BILL_URL_HOSTS = '', BILL_URL_PARAMETER }: BillVariables): BillUrls {
  const hosts = BILL_URL_HOSTS.split(',').map((host) => host.trim().toLowerCase())
  return { urlHosts: hosts.filter((host) => host !== ''), urlParameter: BILL_URL_PARAMETER || 'ls' }
}
