import type { ChatMessage } from '../core/chat.ts'

/** Rows of buttons that a telephone shows well, whatever the messenger. */
const ROWS_MAX = 12

/** As many rows as fit; the last one, the way back, stays. */
export function fittingRows(rows: ChatMessage['buttons']): ChatMessage['buttons'] {
  return rows.length <= ROWS_MAX ? rows : [...rows.slice(0, ROWS_MAX - 1), ...rows.slice(-1)]
}

/** A text that a messenger takes: at most `most` UTF-16 units; a longer one ends with its last whole line that fits, and …. */
export function fitting(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 2)
  const end = cut.lastIndexOf('\n')
  return `${(end > 0 ? cut.slice(0, end) : cut).replace(/[\ud800-\udbff]$/, '')}\n…`
}
