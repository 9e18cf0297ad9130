/** Scans that were uploaded, until they are read, and what became of them: files in DATA_DIR, named after day and digest. */
import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ScanResult, Upload, UploadState } from '../core/scan-result.ts'
import { absent, exists, writeDurably } from './files.ts'

/** The folder of uploads. */
export const uploadsIn = (dir: string) => join(dir, 'slips', 'uploads')

/** The folder of what became of them. */
export const resultsIn = (dir: string) => join(dir, 'slips', 'results')

/** Keeps an upload; it is on the disk when this resolves, and will be read whatever is killed. */
export async function keepUpload(dir: string, bytes: Uint8Array, receivedAt: string): Promise<Upload> {
  const scan = hash('sha256', bytes, 'hex')
  const id = `${Date.parse(receivedAt)}-${scan}`
  await writeDurably(uploadsIn(dir), id, bytes)
  return { id, scan, collected: receivedAt }
}

/** Keeps what became of an upload, before its file is put away. */
export function keepResult(dir: string, file: string, result: ScanResult): Promise<void> {
  return writeDurably(resultsIn(dir), `${basename(file)}.json`, Buffer.from(JSON.stringify(result)))
}

/** How an upload stands; null: there is none by that name, or its time is past. */
export async function uploadState(dir: string, id: string): Promise<UploadState | null> {
  const named = NAME.exec(id)
  if (named === null) return null
  const upload = { id, scan: named[2] ?? '', collected: new Date(Number(named[1])).toISOString() }
  // First: one that was uploaded again is to be read again, though there is a result of the first time.
  if (await exists(join(uploadsIn(dir), id))) return { ...upload, status: 'waiting' }
  const result = await readFile(join(resultsIn(dir), `${id}.json`), 'utf8').catch(absent)
  return result === null ? null : { ...upload, ...(JSON.parse(result) as ScanResult) }
}

/** When the drop-box of an upload was emptied, ISO instant; null: it is no upload's name. */
export function uploadReceivedAt(file: string): string | null {
  const at = NAME.exec(basename(file))?.[1]
  return at === undefined ? null : new Date(Number(at)).toISOString()
}

const NAME = /^(\d{1,15})-([0-9a-f]{64})$/
