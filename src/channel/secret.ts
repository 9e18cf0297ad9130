import { z } from 'zod'

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
