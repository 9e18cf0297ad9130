import type { ChatMessages } from './messages.ts'

/** English, the second language. */
export const chatEn: ChatMessages = {
  labels: {
    pass: 'Send a reading',
    meters: 'My meters',
    sent: 'What I sent',
    help: 'Help',
    language: 'Русский',
    bind: 'Link an account',
    cancel: 'Cancel',
    contact: 'Share my phone number',
    yes: 'Yes, right',
    no: 'No',
    fix: 'Correct it',
    unbind: 'Unlink',
  },
  services: {
    ELECTRICITY: 'Electricity',
    COLD_WATER: 'Cold water',
    HOT_WATER: 'Hot water',
    HEAT: 'Heat',
    GAS: 'Gas',
  },
  account: (account) => `account ${account}`,
  welcome: 'Hello! Here you can send your meter readings: press a button, or write them.',
  help:
    'How to send readings:\n' +
    '• press “Send a reading”;\n' +
    '• or write account number, meter number and reading in one message, with spaces between them;\n' +
    '• or send a photo of the QR code on your bill.\n' +
    'An account linked to this chat need not be written. “Cancel” brings you back here at any time.',
  unreadable: {
    picture:
      "No bill's QR code was found in the photo. Take it closer and in good light, or write account and meter number.",
    other: 'Such a message cannot be read. Press a button, or write the reading in digits.',
  },
  stale: 'That button belongs to an earlier question, which is closed.',
  cancelled: 'Cancelled. What next?',
  correcting: 'Let us correct it.',
  languageChosen: 'We write in English now.',
  whichMeter: 'Which meter is the reading of?',
  moreMeters: 'For the other meters write the meter number and the reading.',
  value: (meter, zone) => `Meter ${meter}${zone === '' ? '' : `, ${zone}`}: please write the reading.`,
  nextValue: (meter, zone, taken) =>
    `Meter ${meter}: ${taken} – noted. ${zone === '' ? 'Please' : `Now ${zone}: please`} write the reading.`,
  registryAway:
    'We cannot check the data now. Write account, meter number and reading in one message: we keep it and check it later.',
  notBound: 'No account is linked to this chat yet.',
  howToBind:
    'Write account number and meter number with a space between them, send a photo of the QR code on your bill, or share your phone number by the button.',
  bound: (account) => `Account ${account} is linked to this chat: you need not write it any more.`,
  boundAlready: (account) => `Account ${account} is linked to this chat already.`,
  bindingsFull: 'No more accounts can be linked to this chat. Unlink one under “My meters”.',
  unbound: (account) => `Account ${account} is no longer linked to this chat.`,
  serialNeeded: (account) =>
    `Account ${account}: please write the whole meter number; it is on the meter and on the bill.`,
  contactUnknown: 'We do not have that phone number. Link an account by its number and the meter number.',
  noMeters: 'The account has no meter in use.',
  metersTitle: 'Linked to this chat:',
  sentTitle: 'Accepted so far:',
  nothingSent: 'No readings for this month yet.',
  sentLine: (meter, values, month) => `${meter}: ${values}, for ${month}`,
}
