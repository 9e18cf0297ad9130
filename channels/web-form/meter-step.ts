import type { PageContext, WireReply, WireRequest } from '../../src/channel/define-channel.ts'
import type { Branches } from '../../src/core/branch.ts'
import { refusedWindow } from '../../src/core/period.ts'
import { nothingWanted } from '../../src/core/store.ts'
import type { IsAccountShaped } from '../../src/dialog/accounts.ts'
import { couldBeAccount, findMeter, formKeys, oldNumberRefused } from '../../src/dialog/form-meter.ts'
import { closedPage } from './pages/result-page.ts'
import type { Site } from './pages/shell.ts'
import { startPage } from './pages/start-page.ts'
import { type ValuesPage, valuesPage } from './pages/values-page.ts'
import { robotReply, UNKNOWN_REGISTERS } from './reply.ts'
import { filledForm, lacksNumber, withId } from './wire.ts'

/** What finding a meter takes, and what shows it. */
export interface MeterParts {
  readonly site: Site
  readonly branches: Branches
  readonly isShaped: IsAccountShaped
}

/** From account and meter to the fields of its registers; records nothing. What isn't found is 422, always the same (rule 27). */
export async function meterStep(
  request: WireRequest,
  context: PageContext,
  { site, branches, isShaped }: MeterParts,
): Promise<WireReply> {
  const typed = filledForm(request)
  if (typed.isRobot) return robotReply(typed, site)
  const filled = withId(typed, context.newId())
  if (lacksNumber(filled)) return startPage(filled, site, 'incomplete')
  const facts = await context.look({ ...nothingWanted, ...formKeys(filled) })
  if (facts.registry !== 'ready') {
    if (!couldBeAccount(filled.account, isShaped)) return startPage(filled, site, 'not-found')
    return asked({ filled, registers: UNKNOWN_REGISTERS, service: null }, site)
  }
  const found = findMeter(filled, facts)
  if ('outcome' in found) return startPage(filled, site, 'not-found')
  const branch = branches.find(({ id }) => id === found.account.branch)
  if (branch !== undefined && oldNumberRefused(found, branch) !== null) return startPage(filled, site, 'old-account')
  const window = branch === undefined ? null : refusedWindow(branch, context.now())
  if (window !== null) return closedPage(window, filled, site)
  const { registers, service } = found.meter
  return asked({ filled, registers, service }, site)
}

function asked(page: ValuesPage, site: Site): WireReply {
  return valuesPage({ ...page, headers: { 'x-reading-outcome': 'asked;code=VALUES_NEEDED' } }, site)
}
