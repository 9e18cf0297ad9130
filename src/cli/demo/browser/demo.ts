/** An event as the page is told of it: a row of the outbox. */
interface Row {
  readonly seq: number
  readonly topic: string
  readonly key: string
  readonly data: string
}

const chat = part('chat', HTMLElement)
const texts = part('texts', HTMLElement)
const text = part('text', HTMLInputElement)
const list = part('events', HTMLElement)

for (const choice of document.querySelectorAll<HTMLInputElement>('input[name=customer]')) {
  choice.addEventListener('change', showCustomer)
}
part('sms', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  void send(text.value)
})
showCustomer()
new EventSource('/demo/events').addEventListener('message', ({ data }) => showEvent(JSON.parse(data) as Row))

function customer(): HTMLInputElement {
  const chosen = document.querySelector<HTMLInputElement>('input[name=customer]:checked')
  if (chosen === null) throw new Error('no customer chosen')
  return chosen
}

function showCustomer(): void {
  chat.replaceChildren()
  const samples = JSON.parse(customer().dataset['texts'] ?? '[]') as string[]
  texts.replaceChildren(
    ...samples.map((sample) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: sample })
      button.addEventListener('click', () => void send(sample))
      return button
    }),
  )
}

async function send(body: string): Promise<void> {
  say(body, 'mine')
  text.value = ''
  const fields = new URLSearchParams({ from: customer().dataset['phone'] ?? '', body })
  try {
    const response = await fetch('/demo/sms', { method: 'POST', body: fields })
    const { reply, outcome } = (await response.json()) as { reply: string; outcome: string }
    say(reply === '' ? '(без ответа: квитанций не просят, или их было 10 за час)' : reply, 'theirs', outcome)
  } catch {
    say('Шлюз не отвечает. Запущена ли демонстрация?', 'theirs')
  }
}

function say(what: string, whose: 'mine' | 'theirs', outcome?: string): void {
  const bubble = Object.assign(document.createElement('li'), { className: whose, textContent: what })
  if (outcome !== undefined) bubble.append(Object.assign(document.createElement('small'), { textContent: outcome }))
  chat.append(bubble)
  chat.scrollTop = chat.scrollHeight
}

/** As much of an event's data as its line says. */
interface Data {
  readonly period?: string
  readonly codes?: readonly string[]
  readonly registers?: readonly { register: string; value: string; consumption: string; unit: string }[]
}

function showEvent({ seq, topic, key, data }: Row): void {
  part('waiting', HTMLElement).hidden = true
  const read = JSON.parse(data) as Data
  const entry = document.createElement('li')
  const title = Object.assign(document.createElement('b'), { textContent: `№ ${seq} · ${topic} · ${key}` })
  const about = Object.assign(document.createElement('div'), { textContent: lineOf(read) })
  const whole = document.createElement('details')
  const json = Object.assign(document.createElement('pre'), {
    textContent: JSON.stringify(read, null, 2),
    tabIndex: 0,
  })
  json.setAttribute('aria-label', `Событие ${seq}`)
  json.setAttribute('role', 'region')
  whole.append(Object.assign(document.createElement('summary'), { textContent: 'JSON' }), json)
  entry.append(title, about, whole)
  list.prepend(entry)
}

function lineOf({ period, codes, registers }: Data): string {
  if (registers === undefined) return (codes ?? []).join(' ')
  const values = registers.map(
    ({ register, value, consumption, unit }) => `${register} ${value} (+${consumption} ${unit})`,
  )
  return `${values.join(', ')} · ${period ?? ''}`
}

function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`no ${id} on this page`)
  return found
}
