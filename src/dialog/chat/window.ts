/** Outside the window of a branch that refuses it, nothing is asked that would be refused (rule 2). Pure. */
import { answeredAt } from '../../core/delivery.ts'
import type { Account } from '../../core/facts.ts'
import { refusedWindow } from '../../core/period.ts'
import { holdsReading } from '../conversation/state.ts'
import { bareSentence, messagesIn, windowText } from '../render.ts'
import { type ChatMoment, type ChatTurn, plainTurn } from './turn.ts'

/** Says that readings are taken for none of these accounts now, and when they are; null: for one they are. */
export function closedTurn(
  moment: ChatMoment,
  accounts: readonly Pick<Account, 'branch'>[],
  says: readonly string[] = [],
): ChatTurn | null {
  const { house, delivery, state, language } = moment
  const messages = messagesIn(language)
  const windows = accounts.map(({ branch: id }) => {
    const branch = house.branches.get(id)
    return branch === undefined ? null : refusedWindow(branch, answeredAt(delivery))
  })
  const [window] = windows
  if (window == null || windows.includes(null)) return null
  const closed = bareSentence(messages.rejected.OUT_OF_WINDOW, windowText(window, messages))
  return plainTurn(moment, { state: { ...state, open: state.open.filter(holdsReading) }, says: [...says, closed] })
}
