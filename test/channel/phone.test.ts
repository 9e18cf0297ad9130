import { expect, test } from 'vitest'
import { senderPhone } from '../../src/channel/phone.ts'

test.each([
  ['+79097140165', '+79097140165'],
  ['79097140165', '+79097140165'],
  ['89097140165', '+79097140165'],
  ['84212300000', '+74212300000'],
  ['+491701234567', '+491701234567'],
  ['491701234567', null],
  ['9097140165', null],
  ['DEK', null],
  ['3434', null],
  ['', null],
])('%s is the phone %s', (sender, phone) => expect(senderPhone(sender)).toBe(phone))
