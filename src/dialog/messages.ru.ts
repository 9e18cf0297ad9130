import type { Messages, Words } from './messages.ts'

/** Names of the months as they follow a day. */
export const genitive = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ')

/** «Пришлите 1» would be read as an answer to give; a meter has up to three registers. */
const COUNTS = ['', 'одно', 'два', 'три']

const NEW_ACCOUNT = 'Пишите новый счёт из квитанции.'

function about({ meter }: Words): string {
  return meter === '' ? '' : `Счётчик ${meter}: `
}

/** One zone or none, or several. */
function readingOf(missing: string): string {
  return missing.includes(',') ? 'показания' : 'показание'
}

function proposed(words: Words): string {
  const typed = words.values === '' ? '' : `${words.values} – `
  return `${about(words)}${typed}может быть, ${words.proposal}? Ответьте ДА или НЕТ.`
}

function toOperator({ meter, values }: Words): string {
  return values === ''
    ? `Показание ${meter} передано оператору.`
    : `Передано оператору на проверку: ${meter} ${values}.`
}

/** Russian, the first language. */
export const ru: Messages = {
  zones: { TOTAL: '', DAY: 'день', NIGHT: 'ночь', PEAK: 'пик', HALF_PEAK: 'полупик' },
  decimalMark: ',',
  months: 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' '),
  window: (fromDay, toDay, month) => `с ${fromDay} по ${toDay} ${genitive[month - 1]}`,
  otherMeter: (meter) => `это ${meter}`,
  accepted: ({ meter, values, month, outOfWindow, oldAccount }) =>
    `Принято: ${meter} ${values}${outOfWindow ? ` – учтём за ${month}` : `, за ${month}`}.` +
    (oldAccount ? ` ${NEW_ACCOUNT}` : ''),
  duplicate: ({ meter, values, month }) => `Уже принято: ${meter} ${values}, за ${month}.`,
  asked: {
    ACCOUNT_NEEDED: () => 'Напишите номер лицевого счёта: он есть в квитанции.',
    METER_NEEDED: () => 'На счёте несколько счётчиков. Напишите номер нужного.',
    UNCONFIRMED: (words) => `${about(words)}${words.values}. Верно? Ответьте ДА или НЕТ.`,
    VALUES_NEEDED: ({ meter, missing }) =>
      `Напишите ${readingOf(missing)} счётчика ${meter}${missing === '' ? '' : `: ${missing}`}.`,
    FEW_VALUES: ({ meter, missing }) =>
      `Счётчик ${meter}: напишите ещё ${readingOf(missing)}${missing === '' ? '' : ` – ${missing}`}.`,
    BAD_VALUE: (words) => `${about(words)}вы имели в виду ${words.proposal}? Ответьте ДА или НЕТ.`,
    TOO_MANY_DIGITS: (words) =>
      words.isOtherMeter
        ? proposed(words)
        : `${about(words)}лишние цифры. Верно: ${words.proposal}? Ответьте ДА или НЕТ.`,
    BELOW_PREVIOUS: (words) =>
      words.proposal === ''
        ? `${about(words)}${words.values} меньше прошлого. Пришлите верное или ДА.`
        : proposed(words),
    OVER_CAP: proposed,
    VERY_HIGH: (words) =>
      words.proposal === ''
        ? `${about(words)}${words.values} – намного больше обычного. Верно? ДА или НЕТ.`
        : proposed(words),
  },
  held: {
    REGISTRY_UNAVAILABLE: () => 'Сообщение получено. Показания проверим позже.',
    UNREADABLE: () => 'Бланк получен. Показания разберёт оператор.',
    METER_REPLACED: ({ meter }) => `Счётчик ${meter} заменён. Показание передано оператору.`,
    UNCONFIRMED: toOperator,
    OPERATOR_STANDS: toOperator,
    BELOW_PREVIOUS: toOperator,
    OVER_CAP: toOperator,
  },
  rejected: {
    OLD_ACCOUNT: () => 'Этот номер счёта устарел. Напишите новый: он есть в квитанции.',
    ACCOUNT_UNKNOWN: () => 'Лицевой счёт не найден. Проверьте номер в квитанции и пришлите снова.',
    OTHER_SERVICE: () => 'На счёте нет счётчика этой услуги. Передайте показание её поставщику.',
    METER_MISMATCH: () => 'Такого счётчика на счёте нет. Проверьте его номер и пришлите снова.',
    METER_ARCHIVED: ({ meter }) => `Счётчик ${meter} снят с учёта. Пришлите показания действующего.`,
    UNREADABLE: () => 'Показания на бланке не разобрать. Пришлите их снова.',
    OUT_OF_WINDOW: ({ window }) => `Сейчас показания не принимаем. Пришлите ${window}.`,
    BAD_VALUE: (words) => `${about(words)}показание непонятно. Пришлите только цифры.`,
    SUPERSEDED: ({ meter }) => `По счётчику ${meter} есть показание новее. Это не учтено.`,
    EXTRA_VALUES: ({ meter, wanted }) =>
      `Счётчик ${meter}: показаний больше, чем нужно. Пришлите ${COUNTS[wanted] ?? wanted}.`,
    TOO_MANY_DIGITS: ({ meter }) => `Счётчик ${meter}: цифр больше, чем на табло. Пришлите снова.`,
  },
  none: {
    HELP: () => 'Напишите лицевой счёт, номер счётчика и показание через пробел.',
    OPT_OUT: () => 'Подтверждений больше не будет. Вернуть их: СТАРТ.',
    CANCELLED: () => 'Отменено. Пришлите верное показание.',
  },
  newAccount: NEW_ACCOUNT,
  acceptedAll: (meters, month) => `Принято за ${month}: ${meters}.`,
  duplicateAll: (meters, month) => `Уже принято за ${month}: ${meters}.`,
  heldAll: (meters) => `Передано оператору: ${meters}.`,
  askedAll: (meters) => `Верно? ${meters}. Ответьте ДА или НЕТ.`,
  askedOne: ({ meter, values, proposal }) =>
    `${meter}${values === '' ? '' : ` ${values}`}${proposal === '' ? '' : ` – может быть, ${proposal}`}`,
  acceptedSome: (accepted, all, month) => `Принято ${accepted} из ${all}${month === '' ? '' : `, за ${month}`}.`,
  heldSome: (held) => `Передано оператору: ${held}.`,
  sendOthers: 'Остальное пришлите по одному счётчику.',
}
