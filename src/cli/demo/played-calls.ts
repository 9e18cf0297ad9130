/** What somebody does at the demonstration's telephone. */
export interface CallDeed {
  readonly from: string
  readonly callId: string
  readonly event: string
  readonly digits: string
  readonly heard: string
  /** Names the question that is answered; empty: none. */
  readonly step: string
}

/** What is heard in the receiver then. */
export interface CallHeard {
  readonly outcome: string
  readonly say: readonly string[]
  readonly expect: unknown
  readonly transfer?: true
}

/** Tells the gateway of it as a telephony platform would that has a recogniser of its own. */
export async function playCall(url: string, token: string, deed: CallDeed): Promise<CallHeard> {
  const { step, ...told } = deed
  const response = await fetch(`${url}/channels/ivr/http`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...told, to: '+70000000002', ...(step !== '' && { step }) }),
  })
  const outcome = response.headers.get('x-reading-outcome') ?? String(response.status)
  const said = response.ok ? ((await response.json()) as Omit<CallHeard, 'outcome'>) : { say: [], expect: null }
  return { outcome, ...said }
}
