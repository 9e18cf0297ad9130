import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import { errorFields, type Log } from '../core/log.ts'
import type { Upload, UploadState } from '../core/scan-result.ts'
import type { SlipHouse } from '../core/slip-claim.ts'
import { madeFolder } from '../folders.ts'
import type { Family } from '../http/metrics-text.ts'
import type { Machine } from '../machine.ts'
import { emptiedAt, isDay } from '../slip/collected.ts'
import { type InboxLog, purgeDone, type Watched, watchInbox } from '../slip/inbox.ts'
import { PASSED_OVER } from '../slip/inbox-files.ts'
import { picturesOf, purgeKept } from '../slip/kept.ts'
import { createPagePool, threadsFor } from '../slip/pool.ts'
import { scanFile } from '../slip/scan.ts'
import { SLIP_CHANNEL } from '../slip/take.ts'
import { keepResult, keepUpload, uploadReceivedAt, uploadState, uploadsIn } from '../slip/uploads.ts'
import { openDoor } from './door.ts'
import { createFirstWatch } from './first-slips.ts'
import { createScanCounts } from './scan-counts.ts'
import { slipSettings } from './settings.ts'

/** What the gateway runs for paper slips. */
export interface RunningSlips {
  /** Takes an upload down; resolves once it will be read whatever happens. */
  keepUpload(bytes: Uint8Array, receivedAt: string): Promise<Upload>
  /** How an upload stands; null: there is none by that name. */
  uploadState(id: string): Promise<UploadState | null>
  /** For `/metrics`. */
  families(): Promise<readonly Family[]>
  /** Removes what is kept of scans from before that instant. */
  purge(before: string): Promise<void>
  close(): Promise<void>
}

/** What it is made of. */
export interface RunningSlipsParts {
  readonly house: SlipHouse
  readonly machine: Machine
  readonly log: Log
  readonly now: () => string
}

/** Opens the door for the operator's commands, and watches the uploads, and the inbox where there is one. */
export async function startSlips(config: Config, parts: RunningSlipsParts): Promise<RunningSlips> {
  const { house, machine, log, now } = parts
  const dir = resolve(config.DATA_DIR)
  const { SLIPS_INBOX: inbox } = config.channelEnv[SLIP_CHANNEL] ?? {}
  const inboxes = typeof inbox === 'string' ? [inboxOf(madeFolder(inbox, { variable: 'SLIPS_INBOX' }), now)] : []
  const watched: Watched[] = [uploads(dir, now), ...inboxes]
  await mkdir(uploadsIn(dir), { recursive: true, mode: 0o700 })
  const closeDoor = await openDoor(house, dir, machine.newSecret())
  const counts = createScanCounts()
  const threadLost = () => {
    const lost = counts.threadLost()
    log.warn(
      { lost },
      'a page ended the thread that read it: its file fails, with the reason beside it, and a new thread goes on',
    )
  }
  const notPurged = (error: unknown) => {
    log.warn(errorFields(error), 'scans that are past their time could not be removed')
    return 0
  }
  const pool = createPagePool({ threads: threadsFor(availableParallelism()), threadLost })
  const settings = slipSettings(config)
  const scanParts = { house, pool, settings, pictures: picturesOf(dir), dir }
  const first = settings.reviewFirst
  const lookAtFirst = createFirstWatch(house, first, () => log.info({ first }, FIRST_OVER))
  const box = watchInbox({
    watched,
    async *scan(file, receivedAt) {
      await lookAtFirst()
      yield* counts.counted(scanFile(file, receivedAt, scanParts))
      await lookAtFirst()
    },
    wait: machine.wait,
    log: toldIn(log),
  })
  return {
    keepUpload: (bytes, receivedAt) => keepUpload(dir, bytes, receivedAt),
    uploadState: (id) => uploadState(dir, id),
    families: () => counts.families(house),
    async purge(before) {
      let removed = await purgeKept(dir, before).catch(notPurged)
      for (const one of inboxes) removed += await purgeDone(one, before).catch(notPurged)
      if (removed > 0) log.info({ removed }, 'removed scans that are past their time')
    },
    async close() {
      await closeDoor()
      const closing = box.close()
      await pool.close()
      await closing
    },
  }
}

const FIRST_OVER =
  'the first slips are all taken: from now on what is surely read is accepted without a person; once they are reviewed, slips calibrate proposes SLIPS_SURE_FROM'

function toldIn(log: Log): InboxLog {
  return {
    read: (counts) =>
      counts.problems === 0
        ? log.info(counts, 'a scan was read')
        : log.warn(counts, 'of a scan not all could be read: it lies in failed, with the reasons beside it'),
    putOff: (error) => log.warn(errorFields(error), 'a scan could not be taken in now; it comes again'),
    folderAway: (error) =>
      log.warn(errorFields(error), 'a folder of scans cannot be read; what lies there waits: look at SLIPS_INBOX'),
    passedOver: (count) => log.warn({ count }, `scans may lie unread in SLIPS_INBOX: ${PASSED_OVER}`),
  }
}

function uploads(dir: string, now: () => string): Watched {
  const receivedAt = (file: string) => uploadReceivedAt(file) ?? now()
  return {
    folder: uploadsIn(dir),
    isDay: () => false,
    receivedAt,
    removesDone: true,
    keepResult: (file, result) => keepResult(dir, file, result),
  }
}

/** A folder named after a day says when its box was emptied, else the file's own time; the gateway's clock bounds both. */
function inboxOf(folder: string, now: () => string): Watched {
  return {
    folder,
    isDay,
    receivedAt: (file, changedAt) => emptiedAt(file, changedAt, now()),
    removesDone: false,
  }
}
