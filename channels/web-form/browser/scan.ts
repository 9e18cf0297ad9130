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
/** Letters of other alphabets come of a wrong encoding, which may have taken the separator behind one for half of a letter. */
const UNGARBLED = /^(?:(?!\ufffd)[\p{ASCII}\p{Script=Cyrillic}\p{P}\p{S}\p{Z}])*$/u

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
let isAskingForCamera = false

box.hidden = false
start.hidden = navigator.mediaDevices?.getUserMedia === undefined
photo.addEventListener('change', () => void readPhoto())
start.addEventListener('click', () => void readCamera())
stop.addEventListener('click', () => {
  closeCamera()
  say('closed')
  start.focus()
})
addEventListener('pagehide', closeCamera)

async function readPhoto(): Promise<void> {
  const file = photo.files?.[0]
  if (file === undefined) return
  closeCamera()
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

/** One camera, however often the button is pressed while the customer is asked for it. */
async function readCamera(): Promise<void> {
  if (isAskingForCamera) return
  isAskingForCamera = true
  try {
    camera = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1_920 } },
    })
  } catch {
    return say('noCamera')
  } finally {
    isAskingForCamera = false
  }
  view.hidden = false
  start.hidden = true
  video.srcObject = camera
  await lookThrough(camera)
}

/** Looks at what the camera shows until it is closed, or a bill was in front of it. */
async function lookThrough(own: MediaStream): Promise<void> {
  await video.play()
  say('aim')
  stop.focus()
  while (own.active) {
    const found = await read(await createImageBitmap(video))
    if (!own.active) return
    if (take(found)) return closeCamera()
    if (found !== null) say('noBill')
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

function closeCamera(): void {
  for (const track of camera?.getTracks() ?? []) track.stop()
  camera = undefined
  view.hidden = true
  start.hidden = navigator.mediaDevices?.getUserMedia === undefined
}

/** The browser's detector first. It gives text, so what came through a wrong encoding is read again from the bytes. */
async function read(picture: ImageBitmap): Promise<FromWorker> {
  for (const text of await detected(picture)) {
    if (!UNGARBLED.test(text)) continue
    const found = readBillQr(new TextEncoder().encode(text), urls)
    if ('account' in found && /^[\d/]+$/.test(found.account) && /^\d*$/.test(found.meter ?? '')) {
      picture.close()
      return found
    }
  }
  return decoded(picture)
}

async function detected(picture: ImageBitmap): Promise<readonly string[]> {
  const maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector
  try {
    if (maker === undefined || !(await maker.getSupportedFormats()).includes('qr_code')) return []
    const found = await new maker({ formats: ['qr_code'] }).detect(picture)
    return found.map(({ rawValue }) => rawValue)
  } catch {
    return []
  }
}

/** Each picture has a port of its own: answers to one that nobody waits for any more go nowhere. */
function decoded(picture: ImageBitmap): Promise<FromWorker> {
  worker ??= new Worker(new URL('./qr-worker.ts', import.meta.url), { type: 'module' })
  const asked = worker
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<FromWorker>) => resolve(data)
    asked.onerror = () => resolve(null)
    asked.postMessage({ picture, urls, port: port2 } satisfies ToWorker, [picture, port2])
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

/** Says a sentence that the page brought along in its own language; not again while it stands there. */
function say(what: string): void {
  if (status.dataset['said'] === what) return
  status.dataset['said'] = what
  status.textContent = status.dataset[what] ?? ''
}

function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`no ${id} on this page`)
  return found
}
