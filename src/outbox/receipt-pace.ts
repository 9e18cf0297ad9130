/** How fast receipts leave; milliseconds and receipts. */
export interface ReceiptPace {
  /** Chats that are written to at the same time. */
  readonly atOnce: number
  /** How often the sender asks for what is due although nobody woke it. */
  readonly pollMs: number
  /** How long a receipt that was handed out is left alone; longer than a call of the messenger may take (10 s). */
  readonly leaseMs: number
  /** First pause of a chat after a failure; doubled by each further one. */
  readonly retryMs: number
  /** The longest pause, so that answers follow soon after the messenger is back. */
  readonly retryMaxMs: number
  /** Failures in a row after which the messenger counts as away: then one receipt at a time is tried. */
  readonly awayAfter: number
  /** How long `close` waits for what is on its way. */
  readonly closeMs: number
}

/** The pace of production. Telegram takes 30 messages a second and Viber more: 16 calls of half a second are as many. */
export const usualReceiptPace: ReceiptPace = {
  atOnce: 16,
  pollMs: 1_000,
  leaseMs: 30_000,
  retryMs: 1_000,
  retryMaxMs: 30_000,
  awayAfter: 5,
  closeMs: 4_000,
}
