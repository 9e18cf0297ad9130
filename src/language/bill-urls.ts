import type { BillUrls } from './bill-qr.ts'

/**
 * The addresses that a bill may carry, from `BILL_URL_HOSTS` (comma-separated; none: no address is read) and
 * `BILL_URL_PARAMETER` (`ls` if unset).
 */
export function billUrlsOf(env: Readonly<Record<string, string | undefined>>): BillUrls {
  const hosts = (env['BILL_URL_HOSTS'] ?? '').split(',').map((host) => host.trim().toLowerCase())
  return { urlHosts: hosts.filter((host) => host !== ''), urlParameter: env['BILL_URL_PARAMETER'] || 'ls' }
}
