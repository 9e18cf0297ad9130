/** What is said in calls, in Russian. Each sentence says one thing, and takes a good deal less than 12 seconds. */
import type { Service, Zone } from '../../core/facts.ts'
import { genitive, ru } from '../messages.ru.ts'
import type { CallMessages, Prompt } from './prompts.ts'

const { months: accusative, zones } = ru

const services: Readonly<Record<Service, string>> = {
  ELECTRICITY: 'Электричество',
  COLD_WATER: 'Холодная вода',
  HOT_WATER: 'Горячая вода',
  HEAT: 'Отопление',
  GAS: 'Газ',
}

/** A dial's digits in twos and threes, as people write telephone numbers: `5 6, 3 1 1`. */
function digitByDigit(digits: string): string {
  return grouped(digits)
    .map((group) => [...group].join(' '))
    .join(', ')
}

function grouped(digits: string): readonly string[] {
  if (digits.length <= 3) return [digits]
  const pairs = { 0: 0, 1: 2, 2: 1 }[digits.length % 3] ?? 0
  const inPairs = digits.slice(0, 2 * pairs).match(/../g) ?? []
  const inThrees = digits.slice(2 * pairs).match(/.../g) ?? []
  return [...inPairs, ...inThrees]
}

function spokenNumber(value: string): string {
  const [whole = '', fraction] = value.split('.')
  return fraction === undefined ? digitByDigit(whole) : `${digitByDigit(whole)}, запятая, ${digitByDigit(fraction)}`
}

const days = [
  ...'первое второе третье четвёртое пятое шестое седьмое восьмое девятое десятое одиннадцатое двенадцатое'.split(' '),
  ...'тринадцатое четырнадцатое пятнадцатое шестнадцатое семнадцатое восемнадцатое девятнадцатое двадцатое'.split(' '),
]

/** A day of a month in words: «25 число» is read out as «двадцать пять число». */
function dayName(day: number): string {
  if (day === 30) return 'тридцатое'
  if (day <= days.length) return days[day - 1] ?? ''
  return `${day < 30 ? 'двадцать' : 'тридцать'} ${days[(day % 10) - 1]}`
}

function fromDay(day: number): string {
  return dayName(day).replace(/ое$/, 'ого').replace(/ье$/, 'ьего')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function meterName({ service, tail }: { readonly service: Service; readonly tail: string }): string {
  return `${services[service]}, счётчик на ${digitByDigit(tail)}`
}

/** Which reading is asked for, as an adjective: «показание: ночь, по одной цифре» is hard to follow by ear. */
const ofZone: Readonly<Record<Zone, string>> = {
  TOTAL: '',
  DAY: 'дневное ',
  NIGHT: 'ночное ',
  PEAK: 'пиковое ',
  HALF_PEAK: 'полупиковое ',
}

const askValue: Readonly<Record<0 | 1 | 2, (zone: Zone) => string>> = {
  0: (zone) => `Назовите ${ofZone[zone]}показание.`,
  1: (zone) => `Назовите ${ofZone[zone]}показание по одной цифре.`,
  2: (zone) => `Наберите ${ofZone[zone]}показание на клавиатуре и нажмите решётку.`,
}

/** The sentences of calls. */
const callRu: CallMessages = {
  greeting: () => 'Здравствуйте! Вы позвонили в приём показаний.',
  goodbye: () => 'Спасибо за звонок. До свидания!',
  operator: () => 'Соединяю с оператором.',
  noOperator: () => 'Оператора сейчас нет на линии. Позвоните в контакт-центр: его номер есть в квитанции.',
  registryAway: () => 'Сейчас не можем проверить номер счёта.',
  noMeters: () => 'На этом счёте нет счётчиков, по которым мы принимаем показания.',
  windowOpen: ({ until }) => `Принимаем их по ${dayName(until)} число.`,
  windowCounts: ({ month }) => `Сегодня принимаем за ${accusative[month - 1]}.`,
  windowClosed: () => 'Сейчас показания не принимаем.',
  callBetween: ({ from, until, month }) => `Позвоните с ${fromDay(from)} по ${dayName(until)} ${genitive[month - 1]}.`,
  silent: () => 'Вас не слышно.',
  unclear: () => 'Не удалось разобрать.',
  operatorKey: () => 'Чтобы поговорить с оператором, нажмите ноль.',
  several: () => 'Это можно понять по-разному.',
  accountUnknown: () => 'Такого лицевого счёта нет.',
  accountOld: () => 'Этот номер счёта устарел. Новый есть в квитанции.',
  mismatch: () => 'Цифры не совпали.',
  meterReplaced: () => 'Этот счётчик снят с учёта. Нужен номер действующего.',
  askPhone: ({ form }) =>
    [
      'Ваш телефон нам известен. Назовите последние четыре цифры лицевого счёта.',
      'Назовите последние четыре цифры счёта по одной.',
      'Наберите последние четыре цифры счёта на клавиатуре.',
    ][form] as string,
  askAccount: ({ form }) =>
    [
      'Назовите лицевой счёт или наберите его, в конце решётка.',
      'Назовите лицевой счёт по одной цифре.',
      'Наберите лицевой счёт на клавиатуре и нажмите решётку.',
    ][form] as string,
  askSerial: ({ form }) =>
    [
      'Назовите последние четыре цифры номера счётчика.',
      'Назовите последние четыре цифры номера счётчика по одной.',
      'Наберите последние четыре цифры номера счётчика на клавиатуре.',
    ][form] as string,
  askMeter: ({ form }) =>
    ['Выберите счётчик.', 'Назовите только цифру нужного счётчика.', 'Нажмите цифру нужного счётчика.'][form] as string,
  askNext: ({ form }) =>
    [
      'Передать и его показание? Да – один, нет – два.',
      'Скажите «да», чтобы передать показание, или «нет».',
      'Нажмите один, чтобы передать показание, или два.',
    ][form] as string,
  askConfirm: ({ form }) =>
    [
      'Если верно, скажите «да» или нажмите один. Если нет, нажмите два.',
      'Скажите «да» или «нет».',
      'Нажмите один, если верно, или два, чтобы изменить.',
    ][form] as string,
  option: (meter) => `${meterName(meter)}: ${digitWord(meter.key)}.`,
  meter: (meter) => `${meterName(meter)}.`,
  askValue: ({ form, zone }) => askValue[form](zone),
  readBack: ({ zone, value }) => `${zones[zone] === '' ? 'Показание' : capital(zones[zone])}: ${spokenNumber(value)}.`,
  proposal: () => 'Возможно, вы имели в виду:',
  veryHigh: () => 'Это намного больше обычного.',
  belowPrevious: () => 'Это меньше прежнего показания.',
  tooManyDigits: () => 'Цифр больше, чем на табло.',
  unusual: () => 'Такое показание маловероятно.',
  accepted: ({ month, outOfWindow }) =>
    outOfWindow ? `Принято, учтём за ${accusative[month - 1]}.` : `Принято за ${accusative[month - 1]}.`,
  oldAccount: () => 'В следующий раз называйте новый номер счёта из квитанции.',
  duplicate: () => 'Такое показание уже принято.',
  held: () => 'Показание передано оператору на проверку.',
  superseded: () => 'По этому счётчику есть показание новее.',
  received: () => 'Показание получено. Проверим его позже.',
  notTaken: () => 'Это показание принять нельзя.',
  knownAccount: ({ digits }) => `Лицевой счёт: ${digitByDigit(digits)}.`,
  knownDigits: ({ digits }) => `Дальше: ${digitByDigit(digits)}.`,
  knownMeter: ({ digits }) => `Счётчик: ${digitByDigit(digits)}.`,
  knownNothing: () => 'Звонок с приёма показаний.',
}

/** The digits from 0 to 9 in words. */
export const digitWords: readonly string[] = 'ноль один два три четыре пять шесть семь восемь девять'.split(' ')

function digitWord(key: number): string {
  return digitWords[key] ?? String(key)
}

/** A prompt in words. */
export function spoken(prompt: Prompt): string {
  const say = callRu[prompt.say] as (prompt: Prompt) => string
  return say(prompt)
}
