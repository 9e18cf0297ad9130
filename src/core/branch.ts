import { z } from 'zod'

const day = z.int().min(1).max(31)

/** A branch of the retailer: its time, its window, its account numbers, and the numbers in [brackets] of the rules. */
export const Branch = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/)
    .describe('Name in keys and events.'),
  name: z.string().min(1).describe('Name for people.'),
  timeZone: z.string().describe('IANA time zone in which window and period are decided (rule 1).'),
  window: z.strictObject({
    fromDay: day.describe('First day of the month on which readings are taken.'),
    toDay: day.describe('Last day.'),
    closesAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
      .describe('Local time on the last day at which it closes.'),
    outside: z.enum(['next-period', 'refuse']).describe('Rule 2: what becomes of a reading outside the window.'),
  }),
  accountPattern: z.string().describe('Rule 3: regular expression that a whole account number matches.'),
  oldAccounts: z
    .enum(['accept', 'refuse'])
    .default('accept')
    .describe('Rule 5: what becomes of an old account number.'),
  capKilowatts: z.number().positive().default(18).describe('Rule 19: connection capacity, in kW.'),
  sumTolerance: z
    .number()
    .nonnegative()
    .default(1)
    .describe("Rule 16: how far a typed sum may be off, in the meter's unit."),
  highMargin: z
    .strictObject({ kWh: z.number().positive(), m3: z.number().positive(), Gcal: z.number().positive() })
    .default({ kWh: 150, m3: 10, Gcal: 2 })
    .describe('Rule 20: what may always come on top of the expected consumption.'),
})
export type Branch = z.infer<typeof Branch>

/** The whole branches file. */
export const Branches = z.array(Branch).min(1)
export type Branches = z.infer<typeof Branches>
