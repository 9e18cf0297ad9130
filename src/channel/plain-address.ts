/** As it is written, since it is signed and called so: URL alone takes blanks, line ends and backslashes, and mends them. */
const PLAIN = /^https?:\/\/[^\s\\?#@]+$/i

/** Whether it is an http or https address to which a path may be added: no user, query or fragment in it. */
export function isPlainAddress(text: string): boolean {
  return PLAIN.test(text) && URL.canParse(text)
}
