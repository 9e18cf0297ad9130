/** The element of that id; throws where the page has none of that kind. */
export function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`no ${id} on this page`)
  return found
}

/** A button that does something when pressed. */
export function buttonOf(label: string, press: () => void): HTMLButtonElement {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: label })
  button.addEventListener('click', press)
  return button
}

/** The customer who is played. */
export function customer(): HTMLInputElement {
  const chosen = document.querySelector<HTMLInputElement>('input[name=customer]:checked')
  if (chosen === null) throw new Error('no customer chosen')
  return chosen
}

/** What stands in the chosen customer's list of that name. */
export function samplesOf(name: 'texts' | 'said' | 'spoken'): readonly string[] {
  return JSON.parse(customer().dataset[name] ?? '[]') as string[]
}

/** A browser comes back by itself after a line that broke, but never after a refusal, as of a server that is ending. */
const REFUSED_MS = 1000

/**
 * Shows each row that a stream brings while the page is seen: a browser has six lines to one server, for all its tabs. A
 * page of a demonstration that was started anew since loads itself anew.
 */
export function follow<Row extends { readonly seq: number }>(path: string, show: (row: Row) => void): void {
  let after = 0
  let source: EventSource | undefined
  const listen = () => {
    source?.close()
    if (document.hidden) return
    source = new EventSource(`${path}?run=${document.body.dataset['run']}&after=${after}`)
    source.addEventListener('restart', () => location.reload())
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) setTimeout(listen, REFUSED_MS)
    })
    source.addEventListener('message', ({ data }) => {
      const row = JSON.parse(data) as Row
      after = row.seq
      show(row)
    })
  }
  document.addEventListener('visibilitychange', listen)
  listen()
}

/** A bubble of a chat; `outcome`: what became of it. */
export function bubble(what: string, whose: 'mine' | 'theirs' | 'pressed', outcome?: string): HTMLLIElement {
  const line = Object.assign(document.createElement('li'), { className: whose, textContent: what })
  if (outcome) line.append(Object.assign(document.createElement('small'), { textContent: outcome }))
  return line
}
