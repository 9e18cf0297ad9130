import { z } from 'zod'
import { instantOf, msOfRfc3339 } from '../core/instant.ts'

/** An instant in any form of RFC 3339; kept in UTC, as instants are everywhere. */
export const instant = z.string().transform((text, context) => {
  const ms = msOfRfc3339(text)
  if (ms !== null) return instantOf(ms)
  context.addIssue('must be an instant such as 2026-11-22T03:00:00Z')
  return z.NEVER
})
