import { type BillUrls, readBillQr } from '../../../src/language/bill-qr.ts'
import type { FromWorker, ToWorker } from './qr-worker.ts'

/** The browser's own detector, where it has one; not in TypeScript's library yet. */
interface Detector {
  detect(picture: ImageBitmap): Promise<readonly { readonly rawValue: string }[]>
}
interface DetectorMaker {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

/** Longer sides are scaled down: a bill's code stays readable, a phone's memory stays free. */
const SIDE_PIXELS_MAX = 2_200
/** Between two looks of the camera. */
const LOOK_MS = 200

const box = part('scan', HTMLElement)
const photo = part('scan-photo', HTMLInputElement)
const start = part('scan-camera', HTMLButtonElement)
const stop = part('scan-stop', HTMLButtonElement)
const view = part('scan-view', HTMLElement)
const video = part('scan-video', HTMLVideoElement)
const status = part('scan-status', HTMLElement)
const urls: BillUrls = {
  urlHosts: (box.dataset['urlHosts'] ?? '').split(' ').filter((host) => host !== ''),
  urlParameter: box.dataset['urlParameter'] ?? '',
}
let worker: Worker | undefined
let camera: MediaStream | undefined

box.hidden = false
start.hidden = navigator.mediaDevices?.getUserMedia === undefined
photo.addEventListener('change', () => void readPhoto())
start.addEventListener('click', () => void readCamera())
stop.addEventListener('click', closeCamera)
addEventListener('pagehide', closeCamera)

async function readPhoto(): Promise<void> {
  const file = photo.files?.[0]
  if (file === undefined) return
  say('reading')
  const picture = await pictureOf(file)
  photo.value = ''
  if (picture === null) return say('noPicture')
  const found = await read(picture)
  if (!take(found)) say(found === null ? 'noCode' : 'noBill')
}

async function pictureOf(file: File): Promise<ImageBitmap | null> {
  try {
    const whole = await createImageBitmap(file)
    const scale = SIDE_PIXELS_MAX / Math.max(whole.width, whole.height)
    if (scale >= 1) return whole
    const size = { resizeWidth: Math.round(whole.width * scale), resizeHeight: Math.round(whole.height * scale) }
    return await createImageBitmap(whole, { ...size, resizeQuality: 'high' })
  } catch {
    return null
  }
}

async function readCamera(): Promise<void> {
  try {
    camera = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1_920 } },
    })
  } catch {
    return say('noCamera')
  }
  view.hidden = false
  start.hidden = true
  video.srcObject = camera
  await video.play()
  say('aim')
  stop.focus()
  while (camera?.active) {
    const found = await read(await createImageBitmap(video))
    if (camera?.active && take(found)) return closeCamera()
    if (found !== null) say('noBill')
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

function closeCamera(): void {
  for (const track of camera?.getTracks() ?? []) track.stop()
  if (camera !== undefined && !view.hidden && status.dataset['said'] !== 'done') say('closed')
  camera = undefined
  view.hidden = true
  start.hidden = navigator.mediaDevices?.getUserMedia === undefined
}

/** The browser's detector first. It gives text, so what came through a wrong encoding is read again from the bytes. */
async function read(picture: ImageBitmap): Promise<FromWorker> {
  const text = await detected(picture)
  const found = text === null ? null : readBillQr(new TextEncoder().encode(text), urls)
  if (found !== null && 'account' in found && /^[\d/]+$/.test(found.account) && /^\d*$/.test(found.meter ?? '')) {
    picture.close()
    return found
  }
  return decoded(picture)
}

async function detected(picture: ImageBitmap): Promise<string | null> {
  const maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector
  try {
    if (maker === undefined || !(await maker.getSupportedFormats()).includes('qr_code')) return null
    const [first] = await new maker({ formats: ['qr_code'] }).detect(picture)
    return first?.rawValue ?? null
  } catch {
    return null
  }
}

function decoded(picture: ImageBitmap): Promise<FromWorker> {
  worker ??= new Worker(new URL('./qr-worker.ts', import.meta.url), { type: 'module' })
  const asked = worker
  return new Promise((resolve) => {
    asked.onmessage = ({ data }: MessageEvent<FromWorker>) => resolve(data)
    asked.onerror = () => resolve(null)
    asked.postMessage({ picture, urls } satisfies ToWorker, [picture])
  })
}

/** Fills the fields; false where there is no account to fill in. */
function take(found: FromWorker): boolean {
  if (found === null || 'error' in found) return false
  const meter = part('meter', HTMLInputElement)
  part('account', HTMLInputElement).value = found.account
  if (found.meter !== null) meter.value = found.meter
  say(found.meter === null ? 'doneAccount' : 'done')
  const next = found.meter === null ? meter : document.querySelector<HTMLElement>('#next')
  next?.focus()
  return true
}

/** Says a sentence that the page brought along in its own language. */
function say(what: string): void {
  status.dataset['said'] = what
  status.textContent = status.dataset[what] ?? ''
}

function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`no ${id} on this page`)
  return found
}
