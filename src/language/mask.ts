/**
 * Numbers that are no readings by their form alone (rule 12): dates, clock times, phone numbers, prices. Each pattern is
 * tried where a run of digits begins, without backtracking over more than a few characters.
 */

const MONTH =
  '(?:янв|фев|мар[та]|апр|ма[йяе]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|yanv|fevr|iyu[nl]|avg|sent|okt|noya|dek)'
const MONEY = '(?:руб|р(?![\\p{L}\\d])|р(?=\\d{1,2}к(?!\\p{L}))|₽(?!\\d)|коп|rub|r(?![\\p{L}\\d])|kop)'
/** Kopecks behind roubles: ` 44 коп`, `44к`. */
const KOPECKS = '(?:\\.?\\s{0,2}\\d{1,2}\\s?к(?:оп\\p{L}{0,4})?(?!\\p{L}))?'

/** A day, with what stands between it and a clock time. */
const DAY_BEFORE = `(?:\\d{2}\\.(?:0\\d|1[0-2])(?:\\.(?:20)?\\d{2})?|\\d{2}[/-](?:0\\d|1[0-2])[/-](?:20)?\\d{2}|\\d{1,2} ${MONTH}\\p{L}{0,8}(?: 20\\d{2})?)(?: ?г(?:ода)?\\.?)?,? `
/** What is read with a decimal mark, as a clock time may be written: water and heat. */
const BY_POINT = '(?:[хг]вс|[hg]vs|вод[аыу]|холодн(?:ая|ой)|горяч(?:ая|ей)|тепл[оа]|отоплени[ея])'

/** A unit of water or heat, which makes a value of what could be a day or a clock time. */
const BY_VOLUME = ' ?(?:[мm]3|куб|гкал)'

/** Behind «хвс на 22.11» it is the value, unless one more number follows. */
const OF_WATER = `(?<=${BY_POINT}[ :-]{1,3}(?:(?:на|от|за) )?${DAY_BEFORE})[\\d.]{5}(?![ ,;:-]{1,3}(?:пок\\p{L}{0,8}[ .:=-]{1,3})?\\d)`
const CLOCK = `(?:[01]\\d|2[0-3])\\.[0-5]\\d(?![.,]?\\d|${BY_VOLUME})`
/** A clock time with a point: 22.11.2026 14.30, 22 ноября, 14.30; but not 22.11 14.30 м3. */
const CLOCK_BEHIND_DAY = new RegExp(`(?=[0-2]\\d\\.)(?<=${DAY_BEFORE})(?!${OF_WATER})${CLOCK}`, 'uy')

/** A mobile phone, written together or in groups. */
const PHONE = /[78][ -]?\(?9\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?![\p{L}\d])/uy

/** All but phones: each begins with a run of at most `RUN_MAX` digits, and something stands behind it. */
const patterns: readonly RegExp[] = [
  // A date: 25.07.2026, 25/07/26, 25-07-2026, 22. 11. 2026, 2026-11-22, 25.07, 11.2026, за 11/2026, за 11.26, 22 11 2026.
  /(?:0?[1-9]|[12]\d|3[01])(?<mark>[./-])(?:0?[1-9]|1[0-2])\k<mark>(?:20)?\d{2}(?![\d/])(?:\s*г(?:ода?)?(?!\p{L})\.?)?/uy,
  /(?:0?[1-9]|[12]\d|3[01])\s?\.\s?(?:0?[1-9]|1[0-2])\s?\.\s?20\d{2}(?!\d)/y,
  /(?:0?[1-9]|[12]\d|3[01]),(?:0[1-9]|1[0-2])[.,]20\d{2}(?!\d)/y,
  /20\d{2}[.-](?:0[1-9]|1[0-2])[.-](?:0[1-9]|[12]\d|3[01])(?:t[\d:.]{4,12}z?)?(?!\d)/y,
  new RegExp(`(?:0[1-9]|[12]\\d|3[01])\\.(?:0[1-9]|1[0-2])(?!\\d|[.,]\\d|${BY_VOLUME})`, 'y'),
  /(?:0[1-9]|1[0-2])\.20\d{2}(?!\d|[.,]\d)/y,
  /(?<=(?:^|\s)(?:за|на) )(?:0?[1-9]|1[0-2])[/-]20\d{2}(?![\d/-]|[.,]\d)/y,
  /(?<=(?:^|\s)за )(?:0?[1-9]|1[0-2])[./]2\d(?![\d/-]|[.,]\d)/y,
  /(?:0[1-9]|[12]\d|3[01]) (?:0[1-9]|1[0-2]) 20\d{2}(?!\d)/y,
  // A clock time: 14:30, 9:05:12, 14 ч 30 мин, 14ч30, в 9 утра.
  /(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!:?\d)/y,
  /(?<=(?:^|\s)(?:[вv]|(?:время|vremya|time):?) )(?:[01]?\d|2[0-3])[.-][0-5]\d(?![.,]?\d)/y,
  /(?:0?\d|1[0-2])[.-][0-5]\d (?:утра|вечера)(?!\p{L})/uy,
  CLOCK_BEHIND_DAY,
  /(?:[01]?\d|2[0-3])\s?(?:ч|час(?:ов|а)?)(?!\p{L})\.?(?:\s?[0-5]?\d\s?(?:м|мин\p{L}*)(?!\p{L})|(?<=ч)[0-5]\d(?![\p{L}\d]|[.,]\d))?/uy,
  /(?<=(?:^|\s)[вv] )(?:0?\d|1[0-2]) (?:утра|дня|вечера|ночи)(?!\p{L})/uy,
  // Hours of a zone: 7-23, 23-07ч, с 7 до 23.
  /(?<![\d-])(?:0?7-23|23-0?7)(?![\d.,-])(?:\s?ч(?:ас\p{L}{0,3})?(?!\p{L}))?/uy,
  /(?<=(?:^|\s)[сc] )(?:[01]?\d|2[0-4]) до (?:[01]?\d|2[0-4])(?![\d.,])(?:\s?ч(?:ас\p{L}{0,3})?(?!\p{L}))?/uy,
  // A phone in a house: 8 (4162) 44-55-66, т. 44-55-66, т 2-15-33.
  /[78][ -]?\(\d{3,5}\)[ -]?\d{1,3}-\d{2}-\d{2}(?!\d)/y,
  /(?<=(?:^|\s)т(?:\. ?| ))\d{1,2}-\d{2}-\d{2}(?!\d)/y,
  // A day before its month, with the year behind it: 22 ноября 2026 г., 22-го ноября, 22нояб; or alone: 22 числа, 22-е.
  new RegExp(
    `(?:[12]\\d|3[01]|0?[1-9])(?:-?(?:го|е|ое))?(?:\\s{1,2}|[.-])${MONTH}\\p{L}{0,8}(?:\\s20\\d{2}(?!\\d))?`,
    'uy',
  ),
  new RegExp(`(?:[12]\\d|3[01]|0?[1-9])${MONTH}\\p{L}{0,6}(?![\\p{L}\\d])(?:\\s20\\d{2}(?!\\d))?`, 'uy'),
  /(?:[12]\d|3[01])(?:-?е(?:\sчисло)?|\s{0,2}число)(?![\p{L}\d])/uy,
  /(?:[12]\d|3[01]|0?[1-9])(?:-?го)?\s{0,2}числа(?![\p{L}\d])/uy,
  // Money: 1893,44 руб, 1893-44 руб, 500 р., 1 893 рубля.
  new RegExp(`\\d{1,3}(?: \\d{3}){1,3}(?:[.,]\\d{1,2})?\\s{0,2}${MONEY}\\p{L}{0,4}`, 'uy'),
  new RegExp(`\\d{1,9}(?:[.,]\\d{1,2}|-\\d{2})?\\s{0,2}${MONEY}\\p{L}{0,4}${KOPECKS}`, 'uy'),
  // A count of tariffs, rooms, phases: 2х-тарифный, по 2 тарифам, 2 тарифа: 24563 и 76572, 2 показания: 24563 76572, 3-комнатная, 3-х фазный.
  /[1-9](?:-?[хм])?[ -]?(?:(?:тарифн|зонн|комн(?:атн|\.)|фазн|этажн)\p{L}*|тариф(?:ов|ам|ами)(?!\p{L}))/uy,
  /[23] (?:тарифа|показани[яй])(?=[ :-]{1,3}\d{2,6}(?: и |[ ,;/]{1,2})\d{2,6}(?!\d))/y,
  // «Последние 4 цифры», «4 последние цифры»; but not the last group of «96 54 36 31 6 последние цифры».
  /(?<!(?<!\d)\d{1,3} )[2-9] (?:последн\p{L}{2,3} )?цифр(?:ы|ами)?(?!\p{L})/uy,
  // A share, a year, an age, how many live there, the number of a list's first line, an ordinal.
  /\d{1,3}(?:[.,]\d{1,2})?\s?%/y,
  /20\d{2}\s?(?:г|год|года|году|годом)(?!\p{L})\.?/uy,
  /19\d{2}\s?(?:год(?:а|у|ом)?|г\.? ?(?:р|рожд\p{L}{0,4}))(?!\p{L})\.?/uy,
  /(?:\d{1,3} лет|\d{1,2} года?|\d{1,2} ?чел(?:овека?)?)(?!\p{L})/uy,
  /(?<![^\n])[1-9]\. ?(?=\d{8})/y,
  // So many months, for so many days.
  /\d{1,2}(?:-?(?:й|ый|ой))?\s?мес(?:яц\p{L}{0,3})?(?!\p{L})(?:\s20\d{2}(?!\d))?/uy,
  /(?<=(?:^|\s)за )\d{1,2} дн(?:я|ей)(?!\p{L})/uy,
  /(?:[12]\d|3[01]|[1-9])[ -]?(?:го|ого|ое)(?![\p{L}\d])/uy,
]

/** Any of them, the first that fits; in one go, for they are tried at nearly every number. */
const NO_READING = new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), 'uy')

const SEVEN = 55
const EIGHT = 56
/** So many digits in one piece begin no phone: `890280182 87 507` is an account and a value. */
const NO_PHONE_RUN = 9
/** An amount of money may have so many digits. */
const RUN_MAX = 9

/**
 * Length of what stands at `at` and is no reading by its form (rule 12); 0: it may be one. `runEnd`: where the digits
 * that begin there end. Long runs, as accounts and serials are, and the last one of a text need no pattern but the phone's.
 */
export function maskedLength(text: string, at: number, runEnd: number): number {
  const first = text.charCodeAt(at)
  if ((first === SEVEN || first === EIGHT) && runEnd - at !== NO_PHONE_RUN) {
    PHONE.lastIndex = at
    const phone = PHONE.exec(text)
    if (phone) return phone[0].length
  }
  if (runEnd - at > RUN_MAX || runEnd === text.length) return 0
  NO_READING.lastIndex = at
  return NO_READING.test(text) ? NO_READING.lastIndex - at : 0
}
