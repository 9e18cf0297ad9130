import type { ChannelIo } from './channel/define-channel.ts'

/** What channels may do outside the gateway. The decoder of QR codes is loaded with the first picture, what prints with the first slip. */
export const channelIo: ChannelIo = {
  fetch: (input, init) => fetch(input, init),
  codesInPicture: async (picture) => (await import('./slip/code-thread.ts')).codesInThread(picture),
  // A whole sheet of A4: at home a page of A6 would be blown up to the printer's paper.
  printSlip: async (slip, supplier) =>
    (await import('./slip/print/slip-pdf.ts')).oneSlipPdf(slip, { layout: 'a4', supplier }),
}
