/** How files are kept so that no power cut loses them, and what is asked of files that may be gone. */
import { access, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../core/error-code.ts'

let parts = 0

/**
 * Writes a file of that name, for the gateway alone; it is whole and on the disk when this resolves. Until then it has a name
 * of this very call's, which ends in `.part`: the same may come several times at once. Rejects where it can't be written
 * whole, and leaves nothing of it then: on a full disk the store needs the room.
 */
export async function writeDurably(
  folder: string,
  name: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const place = join(folder, name)
  parts += 1
  const part = `${place}.${process.pid}-${parts}.part`
  try {
    await writeSynced(part, content)
    await rename(part, place)
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw error
  }
  await syncNames(folder)
}

async function writeSynced(place: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(place, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Waits until the names in a folder are on the disk, as what stands under them. */
async function syncNames(folder: string): Promise<void> {
  const names = await open(folder, 'r')
  await names.sync().finally(() => names.close())
}

/** Whether something of that name is there. */
export function exists(place: string): Promise<boolean> {
  return access(place).then(
    () => true,
    () => false,
  )
}

/** Of a file that is not there: null; what else went wrong is thrown again. */
export function absent(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null
  throw error
}
