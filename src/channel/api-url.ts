import { z } from 'zod'
import { isPlainAddress } from './plain-address.ts'

/** The address of a messenger's API: http or https, kept without a slash at its end. */
export const apiUrl = z
  .string()
  .refine(isPlainAddress, { error: 'must be an http or https address without user, query, fragment or blanks' })
  .transform((url) => url.replace(/\/+$/, ''))
