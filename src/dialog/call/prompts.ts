import type { Service, Zone } from '../../core/facts.ts'

/** What is asked, each in three forms: by speech or keys, digit by digit, by keys alone. */
export type AskForm = 0 | 1 | 2

/** One thing that is said in a call; never an address, a name, an account to its caller, or a previous reading. */
export type Prompt =
  // What the call is.
  | { readonly say: 'greeting' | 'goodbye' | 'operator' | 'noOperator' | 'registryAway' | 'noMeters' }
  | { readonly say: 'windowOpen'; readonly until: number }
  /** Outside the window, where it counts for that month all the same. */
  | { readonly say: 'windowCounts'; readonly month: number }
  | { readonly say: 'windowClosed' }
  | { readonly say: 'callBetween'; readonly from: number; readonly until: number; readonly month: number }
  // Why a question comes again.
  | { readonly say: 'silent' | 'unclear' | 'operatorKey' | 'several' }
  | { readonly say: 'accountUnknown' | 'accountOld' | 'mismatch' | 'meterReplaced' }
  // Questions.
  | {
      readonly say: 'askPhone' | 'askAccount' | 'askSerial' | 'askMeter' | 'askNext' | 'askConfirm'
      readonly form: AskForm
    }
  | { readonly say: 'option'; readonly key: number; readonly service: Service; readonly tail: string }
  | { readonly say: 'meter'; readonly service: Service; readonly tail: string }
  | { readonly say: 'askValue'; readonly form: AskForm; readonly zone: Zone }
  // Values, and what is doubtful about them.
  /** `value`: `56311`, `61036.5`. */
  | { readonly say: 'readBack'; readonly zone: Zone; readonly value: string }
  | { readonly say: 'proposal' }
  | { readonly say: 'veryHigh' | 'belowPrevious' | 'tooManyDigits' | 'unusual' }
  // What became of them.
  | { readonly say: 'accepted'; readonly month: number; readonly outOfWindow: boolean }
  | { readonly say: 'oldAccount' | 'duplicate' | 'held' | 'superseded' | 'received' | 'notTaken' }
  // To an operator who takes over.
  | { readonly say: 'knownAccount' | 'knownDigits' | 'knownMeter'; readonly digits: string }
  | { readonly say: 'knownNothing' }

/** The prompt of that name. */
export type PromptOf<Say extends Prompt['say']> = Prompt & { readonly say: Say }

/** Every sentence that is said in calls, in one language. */
export type CallMessages = { readonly [Say in Prompt['say']]: (prompt: PromptOf<Say>) => string }
