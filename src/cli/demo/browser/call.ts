import { bubble, buttonOf, customer, part, samplesOf } from './elements.ts'

/** What is heard after a step of the call. */
interface Heard {
  readonly outcome: string
  readonly say: readonly string[]
  readonly expect: { readonly step: string; readonly digits: number | null; readonly speech: boolean } | null
  readonly transfer?: true
}

/** The call that is under way. */
interface Call {
  readonly id: string
  readonly from: string
  expect: Heard['expect']
}

const KEYS = [...'123456789*0#']

const lines = part('call-chat', HTMLElement)
const display = part('call-display', HTMLOutputElement)
const text = part('call-text', HTMLInputElement)
const dial = part('call-dial', HTMLButtonElement)
const aloud = part('call-aloud', HTMLInputElement)
let call: Call | null = null

/** Makes the telephone work. */
export function startCalls(): void {
  dial.addEventListener('click', () => void (call === null ? ring() : hangUp()))
  part('call-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void say(text.value)
    text.value = ''
  })
  part('call-keys', HTMLElement).append(...KEYS.map((key) => buttonOf(key, () => press(key))))
  aloud.parentElement?.toggleAttribute('hidden', !('speechSynthesis' in window))
}

/** The chosen customer takes the receiver; whoever was on the line hangs up. */
export async function showCall(): Promise<void> {
  if (call !== null) await hangUp()
  lines.replaceChildren()
  const samples = samplesOf('spoken').map((sample) => buttonOf(sample, () => void say(sample)))
  part('call-texts', HTMLElement).replaceChildren(...samples)
}

async function ring(): Promise<void> {
  lines.replaceChildren()
  call = { id: crypto.randomUUID(), from: customer().dataset['phone'] ?? '', expect: null }
  dial.textContent = 'Положить трубку'
  await tell({ event: 'start' }, bubble('Звонок', 'pressed'))
}

async function hangUp(): Promise<void> {
  window.speechSynthesis?.cancel()
  await tell({ event: 'hangup' }, bubble('Трубка положена', 'pressed'))
  ended()
}

function ended(): void {
  call = null
  display.value = ''
  dial.textContent = 'Позвонить'
}

function press(key: string): void {
  window.speechSynthesis?.cancel()
  if (call === null) askToDial()
  if (call?.expect == null) return
  if (key !== '#') display.value += key
  const { digits } = call.expect
  if (key === '#' || key === '*' || display.value.length === digits || display.value === '0') void keyed()
}

async function keyed(): Promise<void> {
  const digits = display.value
  display.value = ''
  await tell({ event: 'input', digits }, bubble(digits === '' ? '#' : digits, 'mine'))
}

async function say(heard: string): Promise<void> {
  window.speechSynthesis?.cancel()
  if (call === null) askToDial()
  if (call?.expect == null) return
  await tell({ event: 'input', heard }, bubble(`«${heard}»`, 'mine'))
}

/** Keys and words go nowhere while nobody is on the line. */
function askToDial(): void {
  const hint = 'Сначала нажмите «Позвонить»'
  if (lines.lastElementChild?.textContent !== hint) show(bubble(hint, 'pressed'))
}

/** One step: what the caller does, and what is said to it. */
async function tell(deed: Readonly<Record<string, string>>, line: HTMLLIElement): Promise<void> {
  if (call === null) return
  const { id: callId, from, expect } = call
  show(line)
  try {
    const fields = new URLSearchParams({ callId, from, step: expect?.step ?? '', ...deed })
    const response = await fetch('/demo/call', { method: 'POST', body: fields })
    if (!response.ok) throw new Error(String(response.status))
    answered((await response.json()) as Heard, line)
  } catch {
    show(bubble('Шлюз не отвечает. Запущена ли демонстрация?', 'theirs'))
    ended()
  }
}

function answered({ outcome, say: said, expect, transfer }: Heard, line: HTMLLIElement): void {
  line.append(Object.assign(document.createElement('small'), { textContent: outcome }))
  if (said.length > 0) show(bubble(said.join(' '), 'theirs'))
  if (transfer === true) show(bubble('Дальше говорит оператор: он видит, что уже известно', 'pressed'))
  if (call === null) return
  call.expect = expect
  if (aloud.checked) for (const sentence of said) speak(sentence)
  if (expect === null) ended()
}

/** By the browser's own voice, where it has one. */
function speak(sentence: string): void {
  if (!('speechSynthesis' in window)) return
  const utterance = Object.assign(new SpeechSynthesisUtterance(sentence), { lang: 'ru-RU' })
  window.speechSynthesis.speak(utterance)
}

function show(line: HTMLLIElement): void {
  lines.append(line)
  lines.scrollTop = lines.scrollHeight
}
