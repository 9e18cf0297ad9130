import { showCall, startCalls } from './call.ts'
import { showChats, startChats } from './chats.ts'
import { bubble, buttonOf, customer, part, samplesOf } from './elements.ts'
import { followEvents } from './events.ts'

const chat = part('chat', HTMLElement)
const texts = part('texts', HTMLElement)
const text = part('text', HTMLInputElement)

for (const choice of document.querySelectorAll<HTMLInputElement>('input[name=customer]')) {
  choice.addEventListener('change', showCustomer)
}
part('sms', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  void send(text.value)
})
startChats()
startCalls()
showCustomer()
followEvents()

function showCustomer(): void {
  chat.replaceChildren(bubble('Нажмите готовое сообщение внизу или наберите своё', 'pressed'))
  texts.replaceChildren(...samplesOf('texts').map((sample) => buttonOf(sample, () => void send(sample))))
  showChats()
  void showCall()
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
  chat.append(bubble(what, whose, outcome))
  chat.scrollTop = chat.scrollHeight
}
