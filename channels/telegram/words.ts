/** What is said by Telegram's own means, beside the conversation. */
export const telegramWords = {
  ru: {
    ask: 'Нажмите кнопку ниже, чтобы поделиться своим номером.',
    share: 'Поделиться номером',
    tooMany: 'Слишком много сообщений. Попробуйте снова через час.',
    edited: 'Исправленные сообщения не учитываются. Пришлите верное показание новым сообщением.',
  },
  en: {
    ask: 'Press the button below to share your number.',
    share: 'Share my number',
    tooMany: 'Too many messages. Please try again in an hour.',
    edited: 'Edited messages are not read. Please send the right reading in a new message.',
  },
} as const
