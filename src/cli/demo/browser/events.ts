import { follow, part } from './elements.ts'

/** An event as the page is told of it: a row of the outbox. */
interface Row {
  readonly seq: number
  readonly topic: string
  readonly key: string
  readonly data: string
}

/** As much of an event's data as its line says. */
interface Data {
  readonly period?: string
  readonly codes?: readonly string[]
  readonly registers?: readonly { register: string; value: string; consumption: string; unit: string }[]
}

/** Shows events as they come, the newest first. */
export function followEvents(): void {
  follow('/demo/events', showEvent)
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
  part('events', HTMLElement).prepend(entry)
}

function lineOf({ period, codes, registers }: Data): string {
  if (registers === undefined) return (codes ?? []).join(' ')
  const values = registers.map(
    ({ register, value, consumption, unit }) => `${register} ${value} (+${consumption} ${unit})`,
  )
  return `${values.join(', ')} · ${period ?? ''}`
}
