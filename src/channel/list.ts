import { z } from 'zod'

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
