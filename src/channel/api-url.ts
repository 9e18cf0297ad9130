import { z } from 'zod'

/** The address of a messenger's API: http or https, kept without a slash at its end. */
export const apiUrl = z
  .string()
  .refine((url) => URL.canParse(url) && /^https?:/.test(url), { error: 'must be an http or https address' })
  .transform((url) => url.replace(/\/+$/, ''))
