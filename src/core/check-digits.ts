/**
 * The two check digits of a slip (ISO 7064 MOD 97-10) over the digits of the account and then those of the meter; what is
 * no digit doesn't count. They are printed after the account number too, so that a typing mistake shows.
 */
export function checkDigits(account: string, meter: string): string {
  const digits = `${account}${meter}`.replace(/\D/g, '')
  return String(98n - (BigInt(`${digits}00`) % 97n)).padStart(2, '0')
}
