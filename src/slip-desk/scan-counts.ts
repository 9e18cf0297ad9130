import type { SlipHouse } from '../core/slip-claim.ts'
import { counter, type Family, gauge } from '../http/metrics-text.ts'
import type { Scanned } from '../slip/scan.ts'

/** What is counted of scans since the start. */
export interface ScanCounts {
  /** Counts what a scan brings while it goes by. */
  counted(scanned: AsyncIterable<Scanned>): AsyncGenerator<Scanned>
  /** A page ended the thread that read it; returns how many were lost so far. */
  threadLost(): number
  /** For `/metrics`, with what the store counts. */
  families(house: Pick<SlipHouse, 'slipCounts'>): Promise<readonly Family[]>
}

/** Everything at zero. */
export function createScanCounts(): ScanCounts {
  const counts = { pages: 0, blank: 0, problems: 0, slips: 0, again: 0, digits: 0, threadsLost: 0 }
  return {
    async *counted(scanned) {
      for await (const one of scanned) {
        if (one.kind === 'problem') counts.problems++
        else if (one.kind === 'page') counts[one.blank ? 'blank' : 'pages']++
        else {
          counts[one.slip.again === null ? 'slips' : 'again']++
          for (const { value } of one.slip.record?.registers ?? [])
            counts.digits += value?.replace(/\D/g, '').length ?? 0
        }
        yield one
      }
    },
    threadLost: () => ++counts.threadsLost,
    families: (house) => familiesOf(counts, house),
  }
}

async function familiesOf(
  { pages, blank, problems, slips, again, digits, threadsLost }: Readonly<Record<Counted, number>>,
  house: Pick<SlipHouse, 'slipCounts'>,
): Promise<readonly Family[]> {
  const { taken, waiting, reviewed, disagreed } = await house.slipCounts()
  return [
    {
      name: 'gateway_slip_pages_total',
      help: 'Pages of scans since the start, by what was on them.',
      type: 'counter',
      samples: Object.entries({ slips: pages, nothing: blank, unreadable: problems }).map(([held, value]) => ({
        labels: { held },
        value,
      })),
    },
    counter('gateway_slips_total', 'Slips taken from scans since the start.', slips),
    counter('gateway_slips_again_total', 'Slips seen again, on this or another scan, since the start.', again),
    counter('gateway_slip_digits_total', 'Digits read on slips since the start.', digits),
    counter('gateway_slip_threads_lost_total', 'Reading threads that a page ended, since the start.', threadsLost),
    gauge('gateway_slips_taken', 'Slips in the store, ever.', taken),
    gauge('gateway_slips_waiting', 'Slips that wait for a person.', waiting),
    gauge('gateway_slips_reviewed', 'Slips that a person has reviewed.', reviewed),
    gauge(
      'gateway_slips_disagreed',
      'Slips that were surely read, and that the person who reviewed them read otherwise.',
      disagreed,
    ),
  ]
}

type Counted = 'pages' | 'blank' | 'problems' | 'slips' | 'again' | 'digits' | 'threadsLost'
