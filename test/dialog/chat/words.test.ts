import { describe, expect, test } from 'vitest'
import { languages } from '../../../src/core/delivery.ts'
import { LABEL_LETTERS_MAX, tail } from '../../../src/dialog/chat/buttons.ts'
import { type Press, readPress, written } from '../../../src/dialog/chat/presses.ts'
import { chatMessagesIn } from '../../../src/dialog/chat/turn.ts'

describe.each(languages)('in %s', (language) => {
  const messages = chatMessagesIn(language)

  test.each(Object.entries(messages.labels))('the label %s has room for an account behind it', (_name, label) => {
    expect(`${label}: ${messages.account('*0488')}`.length).toBeLessThanOrEqual(LABEL_LETTERS_MAX + 8)
    expect(`${label} *0488`.length).toBeLessThanOrEqual(LABEL_LETTERS_MAX)
  })

  test.each(Object.values(messages.services))('a meter of «%s» fits its button with its account', (service) => {
    expect(`${service} *5057, ${messages.account('*0488')}`.length).toBeLessThanOrEqual(LABEL_LETTERS_MAX)
  })
})

const presses: readonly Press[] = [
  { kind: 'menu', item: 'pass' },
  { kind: 'menu', item: 'cancel' },
  { kind: 'language', language: 'en' },
  { kind: 'meter', meter: '36709077' },
  { kind: 'unbind', id: 12 },
  { kind: 'yes', question: '3ad476ca.6c7fe4' },
  { kind: 'no', question: '3ad476ca.6c7fe4' },
  { kind: 'fix', question: '3ad476ca.6c7fe4' },
  { kind: 'choose', question: '3ad476ca.6c7fe4', meter: '36709077' },
]

test.each(presses)('$kind is read as it was written', (press) => {
  expect(readPress(written(press))).toEqual(press)
})

test.each([
  ['2880950488', '*0488'],
  ['36014/42', '*1442'],
  ['12', '*12'],
])('%s is shown as %s', (number, shown) => expect(tail(number)).toBe(shown))
