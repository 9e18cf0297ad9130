/** The TwiML of a text reply; empty text: say nothing. Equal to what the twilio package builds, at a fiftieth of the cost. */
export function twimlMessage(text: string): string {
  return text === '' ? EMPTY : `${PROLOGUE}<Response><Message>${escapeXml(text)}</Message></Response>`
}

/** Text as XML character data: marks escaped, characters that XML 1.0 can't hold left out. */
export function escapeXml(text: string): string {
  const clean = FORBIDDEN.test(text) ? text.replace(FORBIDDEN_ALL, '') : text
  return MARKS.test(clean) ? clean.replace(MARKS_ALL, (mark) => ENTITIES[mark] ?? '') : clean
}

const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>'
const EMPTY = `${PROLOGUE}<Response/>`
const MARKS = /[&<>\r]/
const MARKS_ALL = /[&<>\r]/g
/** XML 1.0, production 2 (Char): no C0 but tab and line ends, no lone surrogate, no U+FFFE and U+FFFF. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not pass
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not pass
const FORBIDDEN_ALL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }
