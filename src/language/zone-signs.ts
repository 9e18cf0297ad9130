/** Signs that stand for the zones of a meter, as words: the hours of a zone, sun and moon, a display's codes (rule 9). Pure. */

/** Few texts have any of them. */
const HINT =
  /23|\d[,/-][1-6][)\p{L} -]|\d ?[=:/] ?\p{L}|(?<!\p{L})п(?!\p{L})|[\u{1F311}-\u{1F31E}\u2600\u{1F303}\u{1F305}]|8[.,][1-4](?!\d)/u

/**
 * «24451,3-я зона 24707», «24563,2) ночь 24451», «24451-2п»: what numbers a value is no part of the one before it; but in
 * «24451,5 тариф ночь 24707» it is.
 */
const NUMBERS_NEXT =
  /(?<=\d{3})[,/](?=[1-6](?:\)(?: \p{L}{2,10})?|(?:-?(?!д|н|кв|kw|м3|куб)\p{L}{1,8}\.?| (?:э|эл|свет|тариф|зона)(?!\p{L})\.?)(?: (?!день|ноч|пик)\p{L}{2,10})?)[\s:=.)>→—-]{0,3}\d{3})|(?<=\d{4})[/-](?=[1-6](?!кв|kw|м3|куб)\p{L}{1,8}(?![\p{L}\d]))/gu
/** «24451=ночь», «24451/н»: the zone is of the number before it, unless another one stands right behind. */
const EQUALS_ZONE =
  /(?<=\d) ?(?:[=:] ?(?:по |это )?((?:день|дня|дню|ночь|ночи|дн|нч|ноч|пик|полупик|дневн\p{L}{2,3}|ночн\p{L}{2,3}|пп|[дн])(?!\p{L}))|\/([дн])(?![\p{L}/]))(?!\.?[ :=-]{0,3}\d)/gu
/** «Пп 24707, н 24451, п 24563»: beside half-peak. */
const HALF_PEAK = /(?<!\p{L})(?:пп|полупик)(?!\p{L})/u
const PEAK = /(?<=\d{3} ?[(=:/-]? ?)(?<!\p{L})п(?![\p{L}\d/])|(?<![\p{L}/])п(?=[ .:=_#/-]{0,3}\d{3})/gu

/** `1.8.2`, `15.8.2`, `1-0:1.8.2`: what a display calls the active energy of a tariff; «1.8.26» is a day. */
const OBIS = /(?<![\p{L}\d.,])(?:1-[01]:)?(?:0?1|15)\.0?8\.([1-4])(?![\p{L}\d]|[.,]\d)(?:\*255)?/gu
const SUN = /[\u{1F31E}\u{1F31D}\u2600\u{1F305}]/gu
const MOON = /[\u{1F311}-\u{1F31C}\u{1F303}]/gu
const O_CLOCK = '(?:[:.-]00)?(?: ?ч(?:ас\\p{L}{0,3})?(?!\\p{L})\\.?)?'
/** «7-23», «с 7:00 до 23:00». */
const BY_DAY = hours('0?7', '23')
const BY_NIGHT = hours('23', '0?7')
const ZONE =
  /(?<!\p{L})(?:д(?:ень|ня|нем|невн)|ноч|пик|полупик|night|day|noch|den)|(?<!\p{L})[тt][ .-]?[1-3](?!\d)|тариф|зон/u
const GREETING = /добр\p{L}{2,3} (?:день|дня|ночи)/gu

function hours(from: string, until: string): RegExp {
  return new RegExp(
    `(?<!\\d|\\d[.,:-])(?:[сc] )?${from}${O_CLOCK} ?(?:-|до) ?${until}${O_CLOCK}(?![\\d,]|\\.\\d)`,
    'gu',
  )
}

/** Writes such signs as words where each says its own; beside the zones' words hours say nothing. */
export function withZonesNamed(text: string): string {
  if (!HINT.test(text)) return text
  const apart = text.replace(NUMBERS_NEXT, ' ; ').replace(EQUALS_ZONE, (_, word, letter) => ` (${word ?? letter})`)
  const coded = (HALF_PEAK.test(apart) ? apart.replace(PEAK, 'пик') : apart).replace(OBIS, 'т$1')
  const lit = SUN.test(coded) && MOON.test(coded) ? coded.replace(SUN, ' день ').replace(MOON, ' ночь ') : coded
  const isTimed = lit.search(BY_DAY) >= 0 && lit.search(BY_NIGHT) >= 0 && !ZONE.test(lit.replace(GREETING, ''))
  return isTimed ? lit.replace(BY_DAY, 'день').replace(BY_NIGHT, 'ночь') : lit
}
