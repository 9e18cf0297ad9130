import type { PageContext } from '../../src/channel/define-channel.ts'
import type { Item } from '../../src/core/delivery.ts'
import { submissionId } from '../../src/core/event.ts'
import { lastDigits } from './pages/values-page.ts'
import { CHANNEL, deliveryIdOf, type FilledForm } from './wire.ts'

/**
 * A form with the instant of its values only where our own question about those very values says so (rule 13): anybody can
 * send a form, and would else say for himself when he was in time. With a proposal that was taken comes the meter that it
 * was made for.
 */
export async function withProof(filled: FilledForm, { answerOf }: Pick<PageContext, 'answerOf'>): Promise<FilledForm> {
  const { answers, valuesAt } = filled
  if (answers === null || valuesAt === null) return { ...filled, valuesAt: null }
  const question = await answerOf(submissionId(CHANNEL, answers), CHANNEL)
  const item = question?.items[0]
  if (item?.valuesAt !== valuesAt) return { ...filled, valuesAt: null }
  if (isProposal(filled, item)) return { ...filled, proposedMeter: proposedMeter(filled, item) }
  return isAskedAbout(filled, answers) ? filled : { ...filled, valuesAt: null }
}

/** Its page holds no more than the last digits of another meter, and those alone may not name it. */
function proposedMeter({ askedMeter, meter }: FilledForm, { proposal }: Item): string | null {
  const isOther = askedMeter !== null && proposal !== null && meter === lastDigits(proposal.meter)
  return isOther ? proposal.meter : null
}

function isProposal({ proposalTaken, values }: FilledForm, { proposal }: Item): boolean {
  if (!proposalTaken || proposal === null) return false
  const isSame = proposal.values.every(({ register, value }) => values[register] === value)
  return isSame && Object.keys(values).length === proposal.values.length
}

/** Whether it is the form that was asked about, but for the yes to that question, which stands last. */
function isAskedAbout(filled: FilledForm, answers: string): boolean {
  const confirmed = [filled.confirmed, filled.confirmed.slice(0, -1)]
  return confirmed.some((before) =>
    [false, true].some((proposalTaken) => deliveryIdOf({ ...filled, confirmed: before, proposalTaken }) === answers),
  )
}
