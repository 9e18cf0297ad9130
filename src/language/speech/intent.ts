/** What a caller wants who says no number. */

/** `UNKNOWN`: "I don't know"; `REPEAT`: "say that again". */
export type Intent = 'OPERATOR' | 'REPEAT' | 'UNKNOWN' | 'YES' | 'NO'

const OPERATOR = phrases(
  'оператор*, аператор*, операторш*, специалист*, сотрудни*, консультант*, диспетчер*, менеджер*, работник*, живого, живому, живой, живым',
  'соедини*, соединя*, переключи*, переключа*, переведи*, перевести, свяжи*, связать*, позови*, поговорить с, человека, человеком, с людьми, кем нибудь поговорить, служб* поддержки, техподдержк*, с роботом',
)

/** A word for whoever listens: a wish by itself, and nothing more in «девушка, повторите». */
const LISTENER = phrases('девушк*, человек*, мужчин*, женщин*, люди, кто нибудь живой, помогите, помощь')

const REPEAT = phrases(
  'повтор*, еще раз, еще разок, еще разик, еще разочек, по новой, заново, сначала, помедленн*, медленн*, погромч*, громче, прослуша*',
  'не слыш*, не услыш*, не расслыш*, не разобрал*, не понял*, не понимаю, не понятно, непонятно, плохо слышно, плохо слышу, плохо вас слышно, плохо вас слышу, вас плохо слышно, вас плохо слышу, недослыш*, слишком быстро',
  'что вы сказали, что вы говорите, что ты сказала, что говорите, что сказали, чего вы, как вы сказали, скажите еще, какой вопрос, что вы спросили',
)

/** A question by itself: nothing but these words, and one of the first seven. */
const ASKING_AGAIN =
  /^(?= .*(?:что|чего|как|чево|шо|че|еще) )(?: (?:что|чего|как|чево|шо|че|еще|а|э|простите|извините|ну|вы|это|алло|да))+ $/u

const UNKNOWN = phrases(
  'не знаю, незнаю, не знаем, не помню, непомню, не вспомню, не могу, не в курсе, понятия не имею, без понятия, хз, не имею понятия, без малейшего понятия, не имею представления, представления не имею, не припомню, запамятовал*, ума не приложу',
  'забыл*, позабыл*, не вижу, не видно, не видел*, не нашел, не нашла, не нахожу, не найду, не записал*, не записывал*, не снимал*, не снял*',
  'не смотрел*, не посмотрел*, не скажу, не подскажу, не готов*, не уверен*, затрудняюсь, сложно сказать, трудно сказать',
  'откуда я знаю, откуда мне знать, откуда я могу знать, кто его знает, бог его знает, черт его знает, фиг знает, фиг его знает, потом, позже, попозже, перезвон*',
  'нет под рукой, нет с собой, под рукой нет, с собой нет, нет рядом, рядом нет, нет показани*, нет номера, нет лицевого, нет счета, нет квитанци*, квитанции нет, номера нет, лицевого нет, счета нет, показаний нет, у меня нету',
)

/** Says yes, and no with «не» before it. */
const AGREED = [
  'да, дада, ага, агась, угу, верно, верный, верная, верные, верны, правильно, правильный, правильные, точно, именно, подтвержд*, согласен, согласна',
  'конечно, ок, окей, ok, хорошо, ладно, так точно, так и есть, все так, это так, давай, давайте, разумеется, естественно, несомненно, подтвердить',
  'безусловно, абсолютно, есть такое, годится, подходит, записывайте, принимайте, отправляйте, передавайте, правда, сходится, совпадает, все в порядке',
  'нормально, отлично, правы',
]
const YES = phrases(...AGREED)

const NO = phrases(
  'нет, нет конечно, нет разумеется, нет естественно, неа, нетушки, неверно*, неверны*, неправильн*, неправда, неточно, ошибк*, ошибл*, ошибс*, ошиба*, ошибочн*, отмен*, никак нет, ни в коем случае, измени*, исправ*',
  ...['', 'совсем ', 'очень ', 'вполне ', 'все ', 'совсем все ', 'очень все '].map((little) =>
    [...AGREED, 'верн*, правильн*, так, то, соглас*, совпада*, соответству*, угадал*']
      .flatMap((list) => list.split(', '))
      .map((word) => `не ${little}${word}`)
      .join(', '),
  ),
  'не совсем, не мой, не моя, не мое, не мои, не тот, не та, не те, не надо, не нужно, не хочу, не буду, отнюдь, ничего подобного',
)

/**
 * Leaves no yes clear: a condition, an exception, a question, a word of patience, or our own question heard back («если верно,
 * скажите да»).
 */
const UNCLEAR = phrases(
  'если, но, кроме, только, почти, наполовину, частично, наоборот, иначе, друг*, было, бы, что, почему, зачем, как',
  'значит, сказать, скажите, нажать, нажмите, подожд*, погод*, щас, вопрос*, да ну вас, да ну тебя, да ну его',
  'да сейчас, ага сейчас, угу сейчас, хорошо сейчас, ладно сейчас, так сейчас',
  'посмотрю, проверю, гляну, схожу, узнаю, скажу, назову, продиктую',
)
/** Disbelief: «да ну!» */
const DISBELIEF = / да ну $/u

/** Nobody who says yes talks longer: «да я вообще хотел узнать про график отключений» is no yes. */
const WORDS_BESIDE_YES_MAX = 3

/** Turns a wish round: «не надо оператора», «оператор мне не нужен», «не соединяйте с оператором», «менять ничего не надо». */
const UNWANTED = new RegExp(
  [
    '(?:не надо|не нужно|не нужен|не хочу)(?: с)? [^ ]+',
    '(?:оператор|специалист|соединя|переводи|переключа|повтор)[^ ]*(?: с оператором| на оператора)?(?: мне| пока)? не (?:надо|нужно|нужен|требуется)',
    'без оператора',
    'не (?:соединяй|переводи|переключай)(?:те)?(?: меня)? (?:с|на|к) [^ ]+',
    'не (?:соедин|повтор|перевод|переключ)[^ ]*',
  ]
    .map((way) => `(?<= )(?:${way})(?= )`)
    .join('|'),
  'u',
)
const NO_MISTAKE =
  /(?<= )(?:не ошиб\p{L}*|нет (?:никакой |никаких )?ошиб(?:ки|ок)|ошиб(?:ки|ок) (?:там |тут |здесь )?нет)(?= )/u
const CHANGES_NOTHING = /^(?=.* не (?:надо|нужно) )(?=.* (?:менять|изменять|исправлять|поправлять) )/u

/** What these words (lower case, ё as е) wish for; null where it isn't clear. */
export function intentOf(words: readonly string[]): Intent | null {
  const said = ` ${words.join(' ')} `
  const wanted = said.replace(UNWANTED, ' ')
  if (OPERATOR.test(wanted)) return 'OPERATOR'
  if (REPEAT.test(wanted) || ASKING_AGAIN.test(said)) return 'REPEAT'
  if (UNKNOWN.test(said)) return 'UNKNOWN'
  return answerIn(said) ?? (LISTENER.test(wanted) && !answers(said) ? 'OPERATOR' : null)
}

/** Yes or no. Of both, only a no in the end is clear («да нет», «конечно нет»): «нет, всё верно» may mean either. */
function answerIn(said: string): 'YES' | 'NO' | null {
  if (/^(?: да)?(?: (?:не|ну|а))+ $/u.test(said) && said.includes(' не ')) return 'NO'
  if (CHANGES_NOTHING.test(said) || NO_MISTAKE.test(said) || said.includes(' или ')) return null
  const no = said.search(NO)
  if (no >= 0) return YES.test(said.slice(no - 1).replaceAll(everywhere(NO), ' ')) ? null : 'NO'
  const isShort =
    said
      .replaceAll(everywhere(YES), ' ')
      .split(' ')
      .filter((word) => word !== '').length <= WORDS_BESIDE_YES_MAX
  const isClear = !said.includes(' ли ') && !UNCLEAR.test(said) && !DISBELIEF.test(said)
  return YES.test(said) && isShort && isClear ? 'YES' : null
}

function answers(said: string): boolean {
  return NO.test(said) || YES.test(said)
}

function everywhere(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, 'gu')
}

/** Matches any of the phrases, in words of their own; `*` stands for any ending. */
function phrases(...lists: readonly string[]): RegExp {
  const each = lists.flatMap((list) => list.split(', ')).toSorted((one, other) => other.length - one.length)
  return new RegExp(`(?<= )(?:${each.join('|').replaceAll('*', '\\p{L}*')})(?= )`, 'u')
}
