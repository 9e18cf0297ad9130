import type { PageContext, WireReply, WireRequest } from '../../src/channel/define-channel.ts'
import type { Branches } from '../../src/core/branch.ts'
import { windowAt } from '../../src/core/period.ts'
import { type PrintedSlip, printedSlip } from '../../src/core/printed-slip.ts'
import { type Facts, nothingWanted } from '../../src/core/store.ts'
import { findMeter, formKeys } from '../../src/dialog/form-meter.ts'
import { normaliseAccount } from '../../src/language/normalise.ts'
import type { Site } from './pages/shell.ts'
import { type SlipTrouble, slipPage } from './pages/slip-page.ts'
import { robotReply } from './reply.ts'
import { type FilledForm, filledForm, lacksNumber } from './wire.ts'

/** What printing a slip takes. */
export interface SlipParts {
  readonly branches: Branches
  readonly print: (slip: PrintedSlip, supplier: string) => Promise<Buffer>
  readonly supplier: string
}

/** From account and meter to the slip of that meter; records nothing. What isn't found is 422, always the same (rule 27). */
export async function slipStep(
  request: WireRequest,
  context: PageContext,
  { site, branches, print, supplier }: SlipParts & { readonly site: Site },
): Promise<WireReply> {
  const filled = filledForm(request)
  if (filled.isRobot) return robotReply(filled, site)
  if (lacksNumber(filled)) return slipPage(filled, site, 'incomplete')
  const facts = await context.look({ ...nothingWanted, ...formKeys(filled) })
  if (facts.registry !== 'ready') return slipPage(filled, site, 'later')
  const slip = slipOf(filled, facts, { branches, now: context.now() })
  return typeof slip === 'string' ? slipPage(filled, site, slip) : download(await print(slip, supplier))
}

/**
 * A slip tells the account's number and the whole serial: it is made only for who knows both, and not for who knows an old
 * number, the ЕЛС, or the last 4 digits.
 */
function slipOf(
  filled: FilledForm,
  facts: Facts,
  { branches, now }: Pick<SlipParts, 'branches'> & { readonly now: string },
): PrintedSlip | SlipTrouble {
  const found = findMeter(filled, facts)
  if ('outcome' in found || found.flags.includes('NO_SERIAL')) return 'not-found'
  const { branch: id, account } = found.account
  if (account !== normaliseAccount(filled.account)) return 'other-number'
  const branch = branches.find((one) => one.id === id)
  if (branch === undefined) return 'later'
  return printedSlip(account, found.meter, windowAt(branch, now).period) ?? 'no-form'
}

function download(pdf: Buffer): WireReply {
  const headers = { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="blank.pdf"' }
  return { status: 200, headers, body: pdf }
}
