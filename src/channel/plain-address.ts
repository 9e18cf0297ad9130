import { z } from 'zod'

/** As it is written, since it is signed and called so: URL alone takes blanks, line ends and backslashes, and mends them. */
const PLAIN = /^https?:\/\/[^\s\\?#@]+$/i

/** An http or https address to which a path may be added: no user, query or fragment; kept without a slash at its end. */
export const plainAddress = z
  .string()
  .refine((text) => PLAIN.test(text) && URL.canParse(text), {
    error: 'must be an http or https address without user, query, fragment or blanks',
  })
  .transform((text) => text.replace(/\/+$/, ''))
