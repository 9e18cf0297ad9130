/** Scans that were uploaded, until they are read: files in DATA_DIR, whose names say when their drop-box was emptied. */
import { createHash } from 'node:crypto'
import { mkdir, open, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** The folder of uploads. */
export const uploadsIn = (dir: string) => join(dir, 'slips', 'uploads')

/** Keeps an upload; it is on the disk when this resolves, and will be read whatever is killed. Returns its digest. */
export async function keepUpload(dir: string, bytes: Uint8Array, receivedAt: string): Promise<string> {
  const digest = createHash('sha256').update(bytes).digest('hex')
  const folder = uploadsIn(dir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const place = join(folder, `${Date.parse(receivedAt)}-${digest}`)
  const handle = await open(`${place}.part`, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${place}.part`, place)
  const entries = await open(folder, 'r')
  await entries.sync().finally(() => entries.close())
  return digest
}

/** When the drop-box of an upload was emptied, ISO instant; null: it is no upload's name. */
export function uploadReceivedAt(file: string): string | null {
  const at = /^(\d{1,15})-[0-9a-f]{64}$/.exec(basename(file))?.[1]
  return at === undefined ? null : new Date(Number(at)).toISOString()
}
