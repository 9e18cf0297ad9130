/** A text before it is read: one case, one alphabet of marks, and what belongs together in one piece. Pure. */
import { foldLookalikes } from './normalise.ts'

/** The longest text that is read; what is longer is cut. Ten concatenated SMS have 1,530 characters, Viber allows 7,000. */
const TEXT_MAX = 8_000

/** «30440 п.п. 30196»: previous readings, between numbers only, for «Петров П.П.» is a name; beside «пик» it is half-peak. */
const PREVIOUS = /(?<=\d[ ,;(]{1,3})п\. ?п\.(?=[ :-]{0,3}\d)/g
/** «71020 за месяц 247»: consumption, where a number as long as a dial stands before it, and a shorter one behind. */
const CONSUMPTION = /за месяц(?<=(?<![\d/])\d{5,7}(?: ?квтч?)?[ ,;]{1,3}за месяц)(?=[ :-]{1,3}\d{1,4}(?!\d))/g
/** «Х.в. 12, г.в. 10», but «Петрова Г.В. 56311», «2015 г.в.»: initials stand behind a name, a year before its word. */
const WATER = /(?<!\p{L}\.? {0,2}|(?<!\d)(?:19|20)\d\d ?)([хг])\.в(?=\.?[ :=-]{0,3}\d{1,7}(?!\d))/gu
/** «Хол. 12, 10 гор.»: beside cold water «гор» is hot water, and else a town, unless a number or «вода» stands behind it. */
const COLD = /(?<!\p{L})хол(?!\p{L})|холодн[аоу][йяюе]/u
const HOT = /(?<!\p{L})гор(?!\p{L})/gu
/** «Нет ошибки», «без ошибок», «ошибок нет»: neither a no nor a mistake. */
const NO_MISTAKE =
  /(?<!\p{L})(?:(?:нет|без) (?:никак\p{L}{2} )?ошиб(?:ки|ок)|ошиб(?:ки|ок) (?:там |тут |здесь )?нет)(?!\p{L})/gu
/** «Нет под рукой», «номера нет»: what is not there, no answer. */
const NOT_THERE =
  /(?<!\p{L})нет(?= (?:(?:под рукой|с собой|показаний|номера|лицевого|счета|счетчика|квитанции)(?!\p{L}))|(?<=(?<!\p{L})(?:показаний|номера|лицевого|счета|квитанции) нет)(?!\p{L}))/gu
/** «Не 56411, а 56311», «вместо 56411 56311», «56311, а не 56411»: the number that is taken back. */
const TAKEN_BACK =
  /(?<!\p{L})не\s(?:\d{1,3} \d{3}|\d{1,8})(?:[.,]\d{1,3})?[\s,;]{1,3}а\s(?=(?:\p{L}{2,12}\s)?\d)|(?<!\p{L})вместо\s\d{1,8}(?:[.,]\d{1,3})?(?:[\s,;]{1,3}а(?!\p{L}))?(?![\d/])|[\s,;]{1,3}а\sне\s(?:\d{1,3} \d{3}|\d{1,8})(?:[.,]\d{1,3})?(?![\d/])/gu
/** «Да ну!», but not «ну да». */
const DISBELIEF = /(?<!\p{L})да,? ну(?=[ !.]*$)/u
/** «D 123 N 456»: single Latin letters are day and night where both stand before numbers, else a house and «№». */
const LATIN_ZONE =
  /(?<![\p{L}\d])[dn](?=[ :=.\n/_#-]{0,3}(?:\d{3,7}|\d{1,3} \d{3})(?![\d/]))(?![ .]{0,2}\d{1,4}(?:[ ,.]{1,2}kv(?!\p{L})|-\d))/gu
/** «24563 D, 24572 N»: the same behind their numbers. */
const LATIN_ZONE_BEHIND = /(?<=\d{3} ?[(=:/-]? ?)(?<!\p{L})[dn](?=\.?\)? ?(?:[,;\n]|$))/gu
/**
 * «Меркурий 201.5», «Меркурий 230 АМ-01», «СЕ 102 R5», «Нева МТ 124», «ЦЭ6803В», where another number follows: the meter's
 * model; «СЕ 102 345» is an old account.
 */
const MODEL =
  /(?<![\p{L}\d])(?:(?:(?:меркурий|mercury|нева|энергомера)(?: [a-zа-я]{2})?|[сc][еe])[ -]?[1-3]\d{2}(?:\.\d{1,2}(?=[^\p{L}\d])|(?!\.\d|[ -]\d{3}(?!\d)))(?: (?:[аa][мmрrтt]{1,2}|[rs])-?\d{1,2}(?=[^\p{L}\d]))?|ц[эе][ -]?6[78]\d{2}[а-я]?(?![ -]\d{3}(?!\d)))(?![\p{L}\d])(?=\D[\s\S]{0,60}\d)/gu
/** «Пломба № 0123456», «пломба А12345», «пломба 01234567», «индекс 675000»; «пломба сорвана», «пломбы. 56311» name none. */
const SEAL_OR_POSTCODE =
  /(?<!\p{L})(?:пломб[аы](?: ?:)?(?:(?: номер| n)[ .:-]{1,2}[a-zа-я]?\d{4,12}|[ :-]{1,2}(?:[a-zа-я]\d{4,12}|\d{7,8}))|индекс[ :-]{1,2}\d{6})(?![\p{L}\d])/gu
/** «Абонент Петров 56311»: the word announces a name, and no account, as in «абонент КР 468713». */
const NAMED = /(?<!\p{L})абонент[:,]? (?=\p{L}{2})(?!номер|\p{L}{2} ?\d{6}(?!\d))/gu
/** «Ivan.77@mail.ru», but not `2880950488@56311`. */
const MAIL = /(?<![\p{L}\d._-])[\p{L}\d._-]{1,64}@(?:[\p{L}\d-]{1,64}\.){1,4}\p{L}{2,16}(?![\p{L}\d])/gu
/** «Тариф II», «Т-II», «II зона»: a register's number in Roman figures. */
const ROMAN =
  /(?<=(?<!\p{L})(?:[тt]|(?:тариф|tarif|зон)\p{L}{0,2})[ .:-]{0,2})i{1,3}(?!\p{L})|(?<![\p{L}\d])i{1,3}(?=(?:-\p{L}{1,2})? ?(?:тариф|tarif|зон))/gu
/** «Ll зона», «l зона»: the same in small letters that look like them. */
const TWO_ELS = /(?<![\p{L}\d])l{2,3}(?![\p{L}\d])/u
const ELS = /(?<![\p{L}\d])l{1,3}(?![\p{L}\d])/gu
/** What a phone's keyboard writes: only its case and its ё are changed. */
const KEYBOARD = /^[\n -~А-яЁё]*$/
/** The beginning of anything that `inOnePiece` changes. */
const IN_PIECES =
  /[лl][/\\.][сcs]|polu|(?:half|semi)[ -]peak|p\/p|п[/.][пу]|[сs]\/[нn]|минус|minus|полу|всего|квт|п\. ?п\.|за месяц|[хг][/.]в|водо|электро|теплос|газо|гор|эл[/. ]|м3|(?:не|вместо)\s\d|нет |(?:ки|ок|ий|ра|го|та|ии) нет|без |да,? ну|\bd[ :=.\n/_#-]{0,3}\d|\d ?[(=:/-]? ?[dn]|i(?!\p{L})|ll(?!\p{L})|i{1,3}-?\p{L}{0,2} ?(?:тариф|tarif|зон)|@|меркур|mercury|нева|энергомер|[сc][еe][ -]?\d|ц[эе][ -]?6|пломб|индекс|абонент/u
/** Most SMS: nothing in them that `prepare` would change. */
const PREPARED = /^[\d\n .,:;/+-]*$/

/** NFKC, lower case, ё as е, words in one script, `№` as a word, dashes of one kind, single blanks, abbreviations with marks in one piece. */
export function prepare(text: string): string {
  const isPlain = text.length <= TEXT_MAX && !text.includes('  ')
  if (isPlain && PREPARED.test(text)) return text
  if (isPlain && KEYBOARD.test(text)) return inOnePiece(inOneScript(text.toLowerCase().replaceAll('ё', 'е')))
  const plain = text
    .slice(0, TEXT_MAX)
    .replaceAll('№', ' номер ')
    .replace(FIGURE, '$& ')
    .normalize('NFKC')
    .slice(0, TEXT_MAX)
    .toLowerCase()
  if (/^[\d\s]*$/.test(plain)) return plain.replace(/[^\S\n]+/g, ' ')
  const bare = plain
    .replaceAll('ё', 'е')
    .replaceAll('і', 'i')
    .replace(/\p{Cf}|\p{M}/gu, '')
    .replace(/[\u2014\u2015]/g, ' - ')
    .replace(/[\u2010-\u2013\u2212]/g, '-')
    .replace(/[^\S\n]+/g, ' ')
  return inOnePiece(inOneScript(bare))
}

/** Figures in a circle, in brackets, with a point, on a key, and Roman ones: each apart from the number behind it. */
const FIGURE = /(?:[\u2460-\u2465\u2474-\u2479\u2488-\u248d\u2160-\u2162\u2170-\u2172\u2780-\u2785]|\u20e3)(?=\d)/g
/** Words with Latin look-alikes among their Cyrillic letters, all in Cyrillic: `нoчь` → `ночь`. */
function inOneScript(text: string): string {
  if (!(/[a-z]/.test(text) && /[а-я]/.test(text))) return text
  return text.replace(/[a-zа-я]{2,}/g, (word) =>
    /[a-z]/.test(word) && /[а-я]/.test(word) ? foldLookalikes(word).toLowerCase() : word,
  )
}

/** Abbreviations with marks in them, and phrases that call a number previous or consumption, each as one word. */
const PIECES: readonly (readonly [pieces: RegExp, word: string])[] = [
  // «Л/с», «л.с».
  [/(?<!\p{L})[лl][/\\.][сcs](?!\p{L})/gu, 'лс'],
  // «Х/в», «г/в», «г.вода».
  [/(?<!\p{L})([хг])(?:\/в|[/.]вод[аеуы])(?!\p{L})/gu, '$1в'],
  [WATER, '$1в'],
  // «Гор. 12», «гор вода».
  [/(?<!\p{L})гор(?=[.:=-]? ?(?:\d{1,7}(?!\d)|вод[аеуы](?!\p{L})))/gu, 'гв'],
  // «Горячая линия» is no water.
  [/горяч\p{L}{2} лини\p{L}{1,3}(?!\p{L})/gu, ''],
  // «П/у», «с/н»: the meter's number.
  [/(?<!\p{L})(?:п\/у|[сs]\/[нn])(?!\p{L})/gu, 'пу'],
  // «Водомер», «электросчётчик»: a meter, and what it counts.
  [/(?<!\p{L})водо(?:мер|счетчик)(?:а|у|ы|ом)?(?!\p{L})/gu, 'вода счетчик'],
  [/(?<!\p{L})(электро|тепло|газ)о?(?=(?:сч|щ)етчик)/gu, '$1 '],
  // «Half-peak», left in English.
  [/(?<!\p{L})(?:half|semi)[ -]peak(?!\p{L})/gu, 'halfpeak'],
  // «Полу-пик», «п/пик», «п.пик», and «п/п 123», which behind «номер» counts lines.
  [/полу[ -]пик|polu[ -]pik|п[/.]пик|p\/pik|(?<!\p{L}|номер {1,2})п\/п(?=[ .:=_#/\n-]{0,3}\d{2})/gu, 'полупик'],
  // «Эл. эн», «эл/эн».
  [/(?<!\p{L})эл(?:\.?\/| ?\. ?| )эн(?!\p{L})/gu, 'эл'],
  // «12м3»: the unit, and no 3.
  [/(?<=\d)м3(?![\p{L}\d])/gu, 'м'],
  // «Минус 123».
  [/(?<!\p{L})(?:минус|minus) ?(?=\d)/gu, ' -'],
  // «Всего доброго» is no consumption.
  [/всего (?=добр|хорош|наилуч)/g, ''],
  // «КВт*ч», «квт ч».
  [/квт[*·./ -]?ч(?!\p{L})/gu, 'квтч'],
  [CONSUMPTION, 'расход'],
  [TAKEN_BACK, ' '],
  [MODEL, ''],
  [SEAL_OR_POSTCODE, ''],
  [MAIL, ''],
  [NAMED, ''],
  [NO_MISTAKE, 'безошибочно'],
  [NOT_THERE, 'нету'],
  [DISBELIEF, 'неужели'],
]

/** What belongs together in one piece. */
function inOnePiece(text: string): string {
  if (!IN_PIECES.test(text)) return text
  const named = text.includes('пик') ? text : text.replace(PREVIOUS, 'пред')
  const plain = COLD.test(text) ? named.replace(HOT, 'гв') : named
  const inFigures = (TWO_ELS.test(plain) ? plain.replace(ELS, ({ length }) => 'i'.repeat(length)) : plain).replace(
    ROMAN,
    ({ length }, at: number, all: string) => (/\d/.test(all[at + length] ?? '') ? `${length} ` : String(length)),
  )
  const zoned = withLatinZones(inFigures)
  return PIECES.reduce((left, [pieces, word]) => left.replace(pieces, word), zoned)
}

/** «D 123 N 456», «123 N 456 D»: where both letters stand beside numbers. */
function withLatinZones(text: string): string {
  const letters = new Set([...(text.match(LATIN_ZONE) ?? []), ...(text.match(LATIN_ZONE_BEHIND) ?? [])])
  if (letters.size < 2) return text
  return [LATIN_ZONE, LATIN_ZONE_BEHIND].reduce(
    (left, zones) => left.replace(zones, (letter) => (letter === 'd' ? 'день' : 'ночь')),
    text,
  )
}
