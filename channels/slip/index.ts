import { z } from 'zod'
import { defineChannel } from '../../src/channel/define-channel.ts'
import { secret, wholeNumber } from '../../src/channel/variables.ts'
import { BOUNDS } from '../../src/core/slip-posterior.ts'
import { PREFIX, uploadProbe, uploadRoutes } from './upload.ts'

const share = z
  .string()
  .refine((text) => /^(0|1|0?\.\d{1,9}|1\.0{1,9})$/.test(text), { error: 'must be a number from 0 to 1' })
  .transform(Number)

/** Paper slips: they come as scans, by a watched folder, a command, or an upload. */
export const slip = defineChannel({
  name: 'slip',
  prefix: PREFIX,
  env: z.object({
    SLIPS_INBOX: z
      .string()
      .optional()
      .describe(
        'The folder that is watched for scans of paper slips; a subfolder may be named after its day, 2026-11-25. What was read goes to its done, and is removed after RAW_KEPT_DAYS; what was not goes to its failed, and stays until a person removes it.',
      ),
    SLIPS_TOKEN: secret(16).optional().describe('Bearer token of whoever uploads scans; turns on /channels/slip.'),
    SLIPS_REVIEW_FIRST: wholeNumber(0, 999_999_999)
      .default(500)
      .describe('So many first slips all go to review, until it is known how well their digits are read.'),
    SLIPS_AUDIT_SHARE: share
      .default(0.02)
      .describe('The share of surely read slips, drawn at random, that a person looks at after they were accepted.'),
    SLIPS_SURE_FROM: share
      .default(BOUNDS.sureFrom)
      .describe(
        'The confidence from which on a value on a slip counts as surely read; `slips calibrate` proposes one.',
      ),
  }),
  probes: ({ SLIPS_TOKEN }) => (SLIPS_TOKEN === undefined ? [] : [uploadProbe(SLIPS_TOKEN)]),
  routes: ({ SLIPS_TOKEN }, { publicUrl }) => (SLIPS_TOKEN === undefined ? [] : uploadRoutes(SLIPS_TOKEN, publicUrl)),
})
