import { type Html, html } from '../../src/channel/html.ts'
import type { Language } from '../../src/core/delivery.ts'
import { en } from './words.en.ts'
import { ru } from './words.ru.ts'

/** All that the pages say in one language. */
export type Words = typeof ru

/** The words of a language. */
export function wordsOf(language: Language): Words {
  return language === 'en' ? en : ru
}

/** A sentence in which Russian words, which stand so on the bill, are marked as such for who has the page read out. */
export function russianMarked(sentence: string, language: Language): Html {
  if (language === 'ru') return html`${sentence}`
  const parts = sentence.split(/([А-яЁё]+(?:[ /][А-яЁё]+)*)/)
  return html`${parts.map((part, at) => (at % 2 === 0 ? part : html`<span lang="ru">${part}</span>`))}`
}

/** `2026-11` → «ноябрь 2026 г.», “November 2026”. */
export function periodName(period: string, language: Language): string {
  const month = Temporal.PlainYearMonth.from(period).toPlainDate({ day: 1 })
  return dateText(month.toString(), language, { month: 'long', year: 'numeric' })
}

/** `2026-12-15` → «15 декабря», “15 December”. */
export function dayName(day: string, language: Language): string {
  return dateText(day, language, { day: 'numeric', month: 'long' })
}

function dateText(day: string, language: Language, form: Intl.DateTimeFormatOptions): string {
  const locale = language === 'en' ? 'en-GB' : 'ru-RU'
  return new Intl.DateTimeFormat(locale, { ...form, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}
