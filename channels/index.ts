import type { AnyChannel } from '../src/channel/define-channel.ts'
import { ivr } from './ivr/index.ts'
import { slip } from './slip/index.ts'
import { sms } from './sms/index.ts'
import { telegram } from './telegram/index.ts'
import { viber } from './viber/index.ts'
import { webForm } from './web-form/index.ts'

/** Every channel of the gateway: one line a channel. */
export const channels: readonly AnyChannel[] = [sms, webForm, viber, telegram, ivr, slip]
