/** Kinds of environment variables, as the gateway's own and those of channels are made of them. */

import { z } from 'zod'
import { instantOf, msOfRfc3339 } from '../core/instant.ts'

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((number) => number >= least && number <= most, { error })
}

/** An instant in any form of RFC 3339; kept in UTC, as instants are everywhere. */
export const instant = z.string().transform((text, context) => {
  const ms = msOfRfc3339(text)
  if (ms !== null) return instantOf(ms)
  context.addIssue('must be an instant such as 2026-11-22T03:00:00Z')
  return z.NEVER
})

/** `a, b` → `['a', 'b']`, each of which must be an item; empty: none. */
export function list(isItem: (value: string) => boolean, error: string) {
  return z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.every(isItem), { error })
}

/** Whether it is a host's name as addresses have it: Latin letters, digits and dashes, in parts with points between them. */
export function isHostName(text: string): boolean {
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(text)
}

/** As it is written, since it is signed and called so: URL alone takes blanks, line ends and backslashes, and mends them. */
const PLAIN_ADDRESS = /^https?:\/\/[^\s\\?#@]+$/i

/** An http or https address to which a path may be added: no user, query or fragment; kept without a slash at its end. */
export const plainAddress = z
  .string()
  .refine((text) => PLAIN_ADDRESS.test(text) && URL.canParse(text), {
    error: 'must be an http or https address without user, query, fragment or blanks',
  })
  .transform((text) => text.replace(/\/+$/, ''))

/** How long a secret must be where it guards a real gateway. */
const lengths = z.registry<{ readonly charactersLeast: number }>()

/** What a header can carry and none takes away: with anything else in it, a secret would never be the one that comes. */
const TOKEN = /^[\x21-\x7e]+$/

/** A token or key that proves who calls. Any is good enough to try things out; in production a short one is refused. */
export function secret(charactersLeast: number): z.ZodString {
  return z
    .string()
    .regex(TOKEN, { error: 'must be Latin letters, digits and signs, without blanks or line ends' })
    .register(lengths, { charactersLeast })
}

/** How many characters a variable's secret must have in production; null: it is no secret. */
export function secretLength(variable: z.ZodType): number | null {
  const schema = variable instanceof z.ZodOptional ? variable.unwrap() : variable
  return schema instanceof z.ZodType ? (lengths.get(schema)?.charactersLeast ?? null) : null
}
