import { bubble, buttonOf, customer, follow, part, samplesOf } from './elements.ts'

type Messenger = 'viber' | 'telegram'
type Rows = readonly (readonly { readonly label: string; readonly press: string | null }[])[]

/** A message of the bot as the page is told of it. */
interface Line {
  readonly seq: number
  readonly messenger: Messenger
  readonly customer: string
  readonly text: string
  readonly rows: Rows
  readonly place: 'message' | 'keyboard'
}

/** What somebody has seen in a messenger so far. */
interface Talk {
  readonly bubbles: HTMLLIElement[]
  /** Buttons in the place of the keyboard; empty: none. */
  keyboard: Rows
}

/** What is done, and what the chat shows of it; `what`: the text, or what stands behind the button. */
interface Deed {
  readonly does: 'open' | 'link' | 'text' | 'press' | 'contact' | 'bill'
  readonly what?: string
  readonly line: HTMLLIElement
}

const MESSENGERS: readonly Messenger[] = ['viber', 'telegram']
const talks = new Map<string, Talk>()

/** Makes both chats work, and shows what comes to them. */
export function startChats(): void {
  for (const messenger of MESSENGERS) {
    const text = part(`${messenger}-text`, HTMLInputElement)
    part(`${messenger}-form`, HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault()
      void play(messenger, { does: 'text', what: text.value, line: bubble(text.value, 'mine') })
      text.value = ''
    })
    for (const button of part(`${messenger}-start`, HTMLElement).querySelectorAll('button')) {
      const does = button.dataset['does'] === 'link' ? 'link' : 'open'
      const said = button.textContent ?? ''
      button.addEventListener('click', () => void play(messenger, { does, line: bubble(said, 'pressed') }))
    }
  }
  follow('/demo/lines', hear)
}

/** Shows the chosen customer's chats. */
export function showChats(): void {
  for (const messenger of MESSENGERS) {
    const texts = samplesOf('said').map((said) =>
      buttonOf(said, () => void play(messenger, { does: 'text', what: said, line: bubble(said, 'mine') })),
    )
    const bill = buttonOf('Фото QR-кода со счёта', () => void play(messenger, { does: 'bill', line: photo() }))
    part(`${messenger}-texts`, HTMLElement).replaceChildren(...texts, bill)
    show(messenger)
  }
}

function talkOf(messenger: Messenger, whose: string): Talk {
  const key = `${messenger}/${whose}`
  const talk = talks.get(key) ?? { bubbles: [], keyboard: [] }
  talks.set(key, talk)
  return talk
}

function show(messenger: Messenger): void {
  const { bubbles, keyboard } = talkOf(messenger, customer().value)
  const chat = part(`${messenger}-chat`, HTMLElement)
  const isOther = chat.childElementCount > 0 && chat.firstElementChild !== bubbles[0]
  if (isOther) chat.replaceChildren()
  chat.append(...bubbles.slice(chat.childElementCount))
  const place = part(`${messenger}-keyboard`, HTMLElement)
  place.replaceChildren(...keyboard.map((row) => rowOf(messenger, row)))
  place.hidden = keyboard.length === 0
  part(`${messenger}-start`, HTMLElement).hidden = bubbles.length > 0
  showEnd(chat)
}

/** The end of the chat, or the beginning of its last message where that is longer. */
function showEnd(chat: HTMLElement): void {
  const { lastElementChild: last } = chat
  const edge = 4
  if (last instanceof HTMLElement) chat.scrollTop = last.offsetTop - chat.offsetTop - edge
}

function rowOf(messenger: Messenger, row: Rows[number]): HTMLElement {
  const buttons = row.map(({ label, press }) => buttonOf(label, () => void pressed(messenger, label, press)))
  const line = Object.assign(document.createElement('div'), { className: 'keys' })
  line.append(...buttons)
  return line
}

function pressed(messenger: Messenger, label: string, press: string | null): Promise<void> {
  if (press !== null) return play(messenger, { does: 'press', what: press, line: bubble(label, 'pressed') })
  const talk = talkOf(messenger, customer().value)
  if (messenger === 'telegram') talk.keyboard = []
  const phone = customer().dataset['phone'] ?? ''
  return play(messenger, { does: 'contact', line: bubble(`Контакт: ${phone}`, 'mine') })
}

function photo(): HTMLLIElement {
  const line = bubble('', 'mine')
  line.append(Object.assign(document.createElement('img'), { src: '/demo/bill.png', alt: 'Фото QR-кода', width: 96 }))
  return line
}

async function play(messenger: Messenger, { does, what = '', line }: Deed): Promise<void> {
  const { value: whose } = customer()
  const talk = talkOf(messenger, whose)
  talk.bubbles.push(line)
  show(messenger)
  try {
    const body = new URLSearchParams({ messenger, customer: whose, does, what })
    const response = await fetch('/demo/chat', { method: 'POST', body })
    const { outcome = '' } = (await response.json()) as { outcome?: string }
    if (!response.ok) throw new Error(String(response.status))
    if (outcome !== '') line.append(Object.assign(document.createElement('small'), { textContent: outcome }))
  } catch {
    talk.bubbles.push(bubble('Шлюз не отвечает. Запущена ли демонстрация?', 'theirs'))
    show(messenger)
  }
}

function hear({ messenger, customer: whose, text, rows, place }: Line): void {
  const talk = talkOf(messenger, whose)
  const line = bubble(text, 'theirs')
  if (place === 'message' && rows.length > 0) line.append(...rows.map((row) => rowOf(messenger, row)))
  if (messenger === 'viber' || (place === 'keyboard' && rows.length > 0)) talk.keyboard = rows
  talk.bubbles.push(line)
  if (whose === customer().value) show(messenger)
}
