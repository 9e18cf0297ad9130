import type { Outside } from './channel/define-channel.ts'

/** The world outside as channels may use it. The decoder of QR codes is loaded with the first picture. */
export const outside: Outside = {
  fetch: (input, init) => fetch(input, init),
  codeInPicture: async (picture) => (await import('./slip/qr-picture.ts')).codeInPicture(picture),
}
