import type { Service } from '../../core/facts.ts'

/**
 * What is said in chats beside the sentences about readings, in one language. `account` and `meter` are last digits
 * (`*0488`); nothing else of a customer is ever said.
 */
export interface ChatMessages {
  /** Labels of buttons, 40 characters at most with the last digits behind them. */
  readonly labels: Readonly<
    Record<
      | 'pass'
      | 'meters'
      | 'sent'
      | 'help'
      | 'language'
      | 'bind'
      | 'cancel'
      | 'contact'
      | 'yes'
      | 'no'
      | 'fix'
      | 'unbind',
      string
    >
  >
  readonly services: Readonly<Record<Service, string>>
  readonly account: (account: string) => string
  readonly welcome: string
  readonly help: string
  readonly unreadable: Readonly<Record<'picture' | 'other', string>>
  /** To a button whose question is no longer open. */
  readonly stale: string
  readonly cancelled: string
  /** Before the values are asked for anew. */
  readonly correcting: string
  readonly languageChosen: string
  readonly whichMeter: string
  /** There are more meters than buttons. */
  readonly moreMeters: string
  /** `zone`: `день`, or empty. */
  readonly value: (meter: string, zone: string) => string
  /** `taken`: `день 123`. */
  readonly nextValue: (meter: string, zone: string, taken: string) => string
  readonly registryAway: string
  readonly notBound: string
  readonly howToBind: string
  readonly bound: (account: string) => string
  readonly boundAlready: (account: string) => string
  readonly bindingsFull: string
  readonly unbound: (account: string) => string
  readonly serialNeeded: (account: string) => string
  readonly contactUnknown: string
  readonly noMeters: string
  readonly metersTitle: string
  readonly sentTitle: string
  readonly nothingSent: string
  /** `Свет *5057: 56311, за ноябрь`. */
  readonly sentLine: (meter: string, values: string, month: string) => string
}
