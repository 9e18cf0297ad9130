/**
 * What single words mean in messages about readings: the lexicon of rules 8, 12 and 14. Words that are not in it are
 * skipped, so only those stand here that change how the numbers beside them are read, and those that leave a yes a yes.
 */
import type { Zone } from '../core/facts.ts'
import { foldLookalikes } from './normalise.ts'
import type { NamedService } from './token.ts'

/** What a word does to its neighbours. */
export type Meaning =
  /** The next number is an account / a serial / a value. */
  | { readonly does: 'account' | 'meter' | 'value' }
  /** The numbers after it are no values of now: called previous, or consumption. */
  | { readonly does: 'previous' | 'consumption' }
  /** Ends the reach of `previous` and `consumption`. */
  | { readonly does: 'current' }
  /** The next number is money / a phone number / a house or flat / stands in a street's name. */
  | { readonly does: 'price' | 'phone' | 'house' | 'street' }
  /** «Тариф»: a label beside a register's number, or a price. A year may follow a month. */
  | { readonly does: 'tariff' | 'month' }
  /** May be glued to digits without being a label of theirs. */
  | { readonly does: 'unit' | 'number' }
  | { readonly does: 'register'; readonly zone: Zone }
  /** «Второй»: a register, beside «тариф» or right before its number. */
  | { readonly does: 'ordinal'; readonly nth: 1 | 2 | 3 }
  | { readonly does: 'service'; readonly service: NamedService }
  | { readonly does: 'yes' | 'no' | 'not' | 'doubt' | 'stop' | 'start' | 'help' }
  /** Say nothing, but are known: no yes is doubted for them, and none is the typo of another word. */
  | { readonly does: 'money' | 'year' | 'hour' | 'thanks' | 'filler' }

const exact = new Map<string, Meaning>()
const stems = new Map<string, Meaning>()
const oneLetterOff = new Map<string, Meaning>()

/** Shortest word that may carry a typo: shorter ones lie too close to each other (счет, свет). */
const TYPO_LETTERS_MIN = 5

function* deletions(word: string): Generator<string> {
  for (let at = 0; at < word.length; at++) yield word.slice(0, at) + word.slice(at + 1)
}

function words(meaning: Meaning, list: string): void {
  for (const word of list.split(/\s+/).filter(Boolean)) {
    if (word.endsWith('*')) {
      stems.set(word.slice(0, -1), meaning)
      continue
    }
    exact.set(word, meaning)
  }
}

words(
  { does: 'account' },
  'лс лсч лицевой лицевого лицевому лиц лицев счет счета счету счете щет сщет щот account acc ls lc елс',
)
words(
  { does: 'account' },
  'licevoj licevoy litsevoy litsevoi schet shet schyot абонент абонентский абон договор contract acct els',
)
words(
  { does: 'meter' },
  'счетчик счетчика счетчику счетчики щетчик щетчика щечик сетчик прибор прибора приб пу зав заводской заводск',
)
words(
  { does: 'meter' },
  'серийный сер серия serial meter schetchik schetchika shetchik pribor электросчетчик электросчетчика pu',
)
words(
  { does: 'value' },
  'показания показание показаний показан пок показ показа pokazaniya pokazanie pokazanija pok reading readings',
)
words(
  { does: 'previous' },
  'пред предыд предыдущ* прошл* прош прежн* было ранее старые старое начальн* нач pred predyd* proshl* bylo previous last',
)
words(
  { does: 'consumption' },
  'расход* расх потреблен* потребил* потр израсх* потрачено потратил* использовал* разниц* итого всего rashod potreblen* usage used consumption consumed total',
)
words(
  { does: 'current' },
  'текущ* настоящ* наст нынешн* новые новое новый последние последнее сейчас теперь стало конечн* тек сегодня tek tekusch* tekush* novye stalo current now',
)
words(
  { does: 'price' },
  'оплат* сумм* долг* задолжен* пеня пени начислен* платеж* стоимост* плата оплачен* переплат* аванс* цена oplata summa price paid amount',
)
words({ does: 'money' }, 'руб рубл* р ₽ коп копеек копейки rub rubley')
words({ does: 'phone' }, 'тел телефон* моб мобильн* сот сотов* tel mob phone telefon whatsapp вотсап ватсап')
words(
  { does: 'house' },
  'кв квартира квартире квартиры дом дома д корп корпус подъезд этаж офис бокс гараж стр строение участок участка комната комн ком помещение пом секция линия kv kvartira dom flat apt house',
)
words(
  { does: 'street' },
  'адрес адреса адресу адр ул улица улице переулок пер проспект просп бульвар шоссе набережная наб проезд мкр микрорайон квартал ulica ul street гск снт днт',
)
words(
  { does: 'month' },
  'январ* феврал* март марта марте апрел* май мая мае июн* июл* август* сентябр* октябр* ноябр* декабр*',
)
words({ does: 'month' }, 'yanvar* fevral* mart aprel* mai iyun* iyul* avgust sentyabr* oktyabr* noyabr* dekabr*')
words(
  { does: 'month' },
  'january february march april may june july august september october november december янв фев апр авг сент окт ноя нояб дек',
)
words({ does: 'year' }, 'г год года году гг')
words({ does: 'hour' }, 'ч час часа часов мин минут')
words({ does: 'unit' }, 'квт квтч квтчас квт-ч киловатт* kvt kvtch kwh kwth м3 куб кубов кубометр* гкал gcal m3')
words({ does: 'tariff' }, 'т t тар тариф тарифа тарифу тарифн* зона зоне зоны зон tarif tariff zone зн')
words({ does: 'ordinal', nth: 1 }, 'первый первая первое первой первому первым')
words({ does: 'ordinal', nth: 2 }, 'второй вторая второе второму вторым')
words({ does: 'ordinal', nth: 3 }, 'третий третья третье третьей третьему третьим')
words({ does: 'number' }, 'номер номера ном сч n nomer number')
words(
  { does: 'register', zone: 'DAY' },
  'день денъ дэнь дня дню днем дневн* дневной дн ден den dn dnem dnevn* day днев эд',
)
words({ does: 'register', zone: 'NIGHT' }, 'н ночь ночъ ночи ночью ночн* ноч нч ночное noch nch nochyu nochn* night эн')
words({ does: 'register', zone: 'PEAK' }, 'пик пика пику пиком пиков* пики pik pikov* peak эп')
words(
  { does: 'register', zone: 'HALF_PEAK' },
  'полупик полупика полупику полупиком полупиков* полпик полупики polupik polupikov* halfpeak semipeak эпп пп',
)
words(
  { does: 'service', service: 'ELECTRICITY' },
  'э эл свет света свету электр* электричество элэнергия svet elektr* electricity power',
)
words({ does: 'service', service: 'COLD_WATER' }, 'хвс хв хол холодн* hvs xvs cold')
words({ does: 'service', service: 'HOT_WATER' }, 'гвс гв горяч* gvs hot')
words({ does: 'service', service: 'WATER' }, 'вода воды воду воде водоснабжен* voda water')
words({ does: 'service', service: 'SEWAGE' }, 'водоотвед* водоотв канализац* vodootvedenie')
words({ does: 'service', service: 'GAS' }, 'газ газа газу газовый газового газоснабж* gaz gas')
words({ does: 'service', service: 'HEAT' }, 'тепло тепла отоплен* теплоэнерг* теплоснабж* otoplenie heat heating')
words(
  { does: 'yes' },
  'да даа дааа дада ага угу верно верны верные правильно правильные именно принимайте подтверждаю подтвержд* согласен согласна точно конечно подтвердить подтвердил подтвердила ок окей хорошо так ok okay yes yeah yep da verno confirm correct',
)
words(
  { does: 'no' },
  'нет неа отмена отменить отмени ошибка ошибк* ошиб* неверно неверн* неправильно неправильн* описка описался описалась no net cancel wrong otmena nope',
)
// A condition, an exception, a choice: beside a yes they leave it unclear.
words({ does: 'doubt' }, 'если но кроме почти только ли или бы наоборот if but or')
words({ does: 'not' }, 'не not')
words({ does: 'stop' }, 'стоп отписаться отпишите отписка stop unsubscribe stopall')
words({ does: 'start' }, 'старт start подписаться')
words({ does: 'help' }, 'помощь помогите справка help помоги pomosch pomosh info инфо')
words({ does: 'thanks' }, 'спасибо спс благодарю пожалуйста thanks thank you spasibo please')
words(
  { does: 'filler' },
  'суммарн* за на по от с в и я ну вот же есть все мой мои моя добрый доброе доброго доброй здравствуйте привет hello hi это прошу принять передаю примите большое огромное вас вам уважением ответ отвечаю good morning evening afternoon вечер утро vecher utro алло уважаемые zdravstvuyte zdravstvuite',
)

/** Names, and words, that begin like those above or lie one letter away from them: they say nothing. */
const sayNothing: ReadonlySet<string> = new Set(
  (
    'учет учета учету учетом этого иного долго долгое плита плиты плите плиту плитой плато лицей текла третьяк лилия ' +
    'начальник начальника начальнику холодно ' +
    'долгов долгова долгову долговой долгих горячев горячева горячеву горячевой теплов алиев алиевой ' +
    'iphone больше наверно вернее верней согласно подтвердите подтверждение подтверждения принимаете отметить опишите справа правка'
  ).split(' '),
)

const stemLengths = [...new Set([...stems.keys()].map((stem) => stem.length))].sort((a, b) => b - a)

function byStem(word: string): Meaning | undefined {
  for (const length of stemLengths) {
    if (length > word.length) continue
    const found = stems.get(word.slice(0, length))
    if (found) return found
  }
  return undefined
}

/** Words that begin with a stem and are often mistyped: their typos count too. */
const oftenMistyped =
  'предыдущие предыдущее предыдущий прошлые прошлое расход потребление потребил текущие текущее горячая отопление'

for (const word of oftenMistyped.split(' ')) {
  const meaning = byStem(word)
  if (meaning !== undefined) exact.set(word, meaning)
}

for (const [word, meaning] of exact) {
  if (word.length < TYPO_LETTERS_MIN) continue
  for (const near of deletions(word)) if (!oneLetterOff.has(near)) oneLetterOff.set(near, meaning)
}

function byTypo(word: string): Meaning | undefined {
  if (word.length < TYPO_LETTERS_MIN || word.length > 20) return undefined
  const direct = oneLetterOff.get(word)
  if (direct) return direct
  for (const near of deletions(word)) {
    const found = (near.length >= TYPO_LETTERS_MIN ? exact.get(near) : undefined) ?? oneLetterOff.get(near)
    if (found) return found
  }
  return undefined
}

/**
 * What a word means, in lower case with ё as е; typical typos (one letter wrong, missing, doubled or swapped in for
 * another, in words of five letters and more) count as the word. undefined: a word that says nothing about readings.
 */
export function meaningOf(word: string): Meaning | undefined {
  const found = exact.get(word)
  return found ?? (sayNothing.has(word) ? undefined : (byStem(word) ?? byTypo(word) ?? byKeys(word) ?? byLook(word)))
}

/** The letters of a Russian keyboard on the keys of the Latin ones from a to z. */
const RUSSIAN_KEYS = 'фисвуапршолдьтщзйкыегмцчня'

/** A word typed with the keyboard left in Latin: `yjxm` is `ночь`. */
function byKeys(word: string): Meaning | undefined {
  if (!/^[a-z]{2,}$/.test(word)) return undefined
  return exact.get(word.replace(/./g, (letter) => RUSSIAN_KEYS.charAt(letter.charCodeAt(0) - 97)))
}

/** A word of Latin letters that all look like Cyrillic ones: `xbc` is `хвс`. */
function byLook(word: string): Meaning | undefined {
  return /^[abcehkmoptxy]{2,}$/.test(word) ? exact.get(foldLookalikes(word).toLowerCase()) : undefined
}

/** The word as it stands in the lexicon or begins with one of its stems: no typo allowed (for words glued to digits). */
export function exactMeaningOf(word: string): Meaning | undefined {
  return exact.get(word) ?? byStem(word)
}
