import type { ScanPlace } from '../core/slip-claim.ts'
import type { PageTold } from './jobs.ts'
import { digestOf, keepScan } from './kept.ts'
import type { PagePool } from './pool.ts'
import { type TakenSlip, type TakeParts, takeSlip } from './take.ts'

/** What is scanned with. */
export interface ScanParts extends TakeParts {
  readonly pool: PagePool
  /** DATA_DIR, where scans are kept; null: they are not. */
  readonly dir: string | null
}

/** What comes of a scan, in its order: pages as they were read, each followed by its slips; and problems. */
export type Scanned = PageTold | { readonly kind: 'slip'; readonly slip: TakenSlip }

/** Reads a scan and takes its slips one by one; the original is kept before the first of them counts. */
export async function* scanFile(file: string, receivedAt: string, parts: ScanParts): AsyncGenerator<Scanned> {
  const scan = await digestOf(file)
  if (parts.dir !== null) await keepScan(parts.dir, file, scan)
  for await (const page of parts.pool.pagesIn(file)) {
    yield page
    if (page.kind === 'problem') continue
    for (const slip of page.slips) {
      const place: ScanPlace = { scan, page: page.page, position: slip.position }
      yield { kind: 'slip', slip: await takeSlip({ slip, place, receivedAt }, parts) }
    }
  }
}
