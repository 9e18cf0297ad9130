/** The call as a state diagram: every arrow is what the script does when it is played. */
import type { Account } from '../../../src/core/facts.ts'
import { fixtureAccounts } from '../../core/fixture-registry.ts'
import { memoryRegistry, NOON, STRANGER } from '../talk.ts'
import { calling, type Stepped } from './talk.ts'

const ONE_METER = '+79635744912'
const TWO_METERS = '+79097140165'
const REFUSING = '+79637176013'
const AFTER = '2026-11-26T03:00:00Z'

/** Two meters whose serials end alike, and three meters in all. */
const likeEnds = withMeters('2880950488', ['250592064305057', '111115057', '33333'])

/** Who calls, when, and with which registry. */
interface Caller {
  readonly from?: string
  readonly at?: string
  readonly accounts?: readonly Account[]
}

/** A way to a question, and what may be answered to it there: what it means, and an example. */
type Walk = readonly [way: readonly string[], answers: Readonly<Record<string, string>>, caller?: Caller]

const toValue = ['#2880950488', '#5057']
const toConfirm = [...toValue, '#56311']
const walks: readonly Walk[] = [
  [
    [],
    {
      'last 4 digits of the account': '#4778',
      'other digits, «нет»': '#1111',
      'another account in full': '#2880950488',
      unclear: 'алло',
    },
    { from: ONE_METER },
  ],
  [[], { 'last 4 digits, several meters': '#1268' }, { from: TWO_METERS }],
  [[], { 'outside the window, where that is refused': '#6888' }, { from: REFUSING, at: AFTER }],
  [[], { 'account, old number or ЕЛС': '#2880950488', 'unknown, unclear, several': '#2880000000' }],
  [['#1111'], { 'the own account in full': '#2879104778' }, { from: ONE_METER }],
  [['#1111'], { 'the own account, several meters': '#2800711268' }, { from: TWO_METERS }],
  [['#1111'], { 'outside the window, where that is refused': '#491216888' }, { from: REFUSING, at: AFTER }],
  [['#2880950488'], { 'last 4 digits of the serial': '#5057', 'no such meter, unclear': '#1111' }],
  [['#2880950488'], { 'digits of two meters': '#5057' }, { accounts: [likeEnds] }],
  [['#491216888'], { 'outside the window, where that is refused': '#6290' }, { at: AFTER }],
  [['#1268'], { 'its key, service or last 4 digits': '#1', unclear: 'алло' }, { from: TWO_METERS }],
  [toValue, { 'the last value': '#56311', 'unclear, several': 'двадцать один' }],
  [['#2884301686', '#9204'], { 'a value, more zones': '#693760' }],
  [toConfirm, { 'yes, the last meter': '#1', no: '#2', 'another number': 'пять шесть три один два', unclear: 'алло' }],
  [[...toValue, '#57000'], { 'yes, but doubtful': '#1' }],
  [['#1268', '#1', '#6990'], { 'yes, meters left': '#1' }, { from: TWO_METERS }],
  [[...toValue, '#7777777'], { 'yes, but too long': '#1' }],
  [[...toConfirm, '#2', '#56311', '#2', '#56311'], { 'no for the third time': '#2' }],
  [['#1268', '#1', '#6990', '#1'], { yes: '#1', 'no, the last one': '#2', unclear: 'алло' }, { from: TWO_METERS }],
  [['#2880950488', '#3333', '#100', '#1', '#1'], { 'no, more left': '#2' }, { accounts: [likeEnds] }],
]

/** `from --> to`, and what leads there. */
type Arrows = Map<string, Set<string>>

function add(arrows: Arrows, from: string, to: string, label: string): void {
  const key = `${from} --> ${to}`
  arrows.set(key, (arrows.get(key) ?? new Set()).add(label))
}

/** Where a step has led: a question, or one of the ends. */
export function placeOf({ stage, transfer }: Pick<Stepped, 'stage' | 'transfer'>): string {
  if (stage !== 'over') return stage
  return transfer === undefined ? 'goodbye' : 'operator'
}

/** Plays every walk; the arrows in the order of the script. */
export function callArrows(): Arrows {
  const arrows: Arrows = new Map()
  for (const [way, answers, { from = STRANGER, at = NOON, accounts } = {}] of walks) {
    for (const [label, does] of Object.entries(answers)) {
      const talk = calling(from, { at, ...(accounts && { registry: memoryRegistry(accounts) }) })
      const start = talk.start()
      if (way.length === 0)
        add(arrows, '[*]', placeOf(start), start.stage === 'phone' ? 'a known phone' : 'any other phone')
      for (const one of way) talk.say(one)
      const before = talk.state().stage
      add(arrows, before, placeOf(talk.say(does)), label)
    }
  }
  const away = calling(STRANGER, { registry: memoryRegistry([]) })
  add(arrows, '[*]', placeOf(away.start()), 'no registry')
  return arrows
}

/** The diagram as Mermaid writes it. */
export function callDiagram(): string {
  const lines = [...callArrows()].map(([arrow, labels]) => `    ${arrow}: ${[...labels].join('<br>')}`)
  const outside = lines.filter((line) => /(\[\*\]|--> (operator|goodbye))/.test(line))
  const inside = lines.filter((line) => !outside.includes(line))
  const everywhere = [
    '    call --> operator: 0, «оператор»,<br>three answers in vain',
    '    call --> held: hangs up, with values said',
    '    call --> gone: hangs up, without',
    '    operator --> held: with values said',
  ]
  const composite = ['    state call {', ...inside.map((line) => `  ${line}`), '    }']
  return ['stateDiagram-v2', ...composite, ...outside, ...everywhere].join('\n')
}

function withMeters(account: string, serials: readonly string[]): Account {
  const found = fixtureAccounts().get(account)
  const [meter] = found?.meters ?? []
  if (found === undefined || meter === undefined) throw new Error('the fixture has changed')
  return { ...found, meters: serials.map((serial) => ({ ...meter, meter: serial })) }
}
