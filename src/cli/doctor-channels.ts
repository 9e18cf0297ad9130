import { randomUUID } from 'node:crypto'
import { channels } from '../../channels/index.ts'
import type { AnyChannel, Probe, Webhook } from '../channel/define-channel.ts'
import { channelIo } from '../channel-io.ts'
import type { Config } from '../config.ts'
import { type Finding, fail } from './finding.ts'

const ANSWER_MS_MAX = 10_000

/** Sends one signed request through each route that is on, as its provider would, to the gateway that listens at `url`. */
export async function channelFindings(config: Config, url: string): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const channel of channels) findings.push(...(await tryChannel(channel, config, url)))
  return findings
}

async function tryChannel(channel: AnyChannel, config: Config, url: string): Promise<Finding[]> {
  const env = config.channelEnv[channel.name] ?? {}
  const { PUBLIC_URL: publicUrl, branches } = config
  const assets = () => ({ folder: '', routes: [] })
  if (channel.routes(env, { publicUrl, branches, assets, io: channelIo }).length === 0) {
    return [{ level: 'ok', what: channel.name, says: 'its routes are off' }]
  }
  const probes = channel.probes?.(env, { publicUrl, probeId: randomUUID() }) ?? []
  const findings: Finding[] = []
  for (const probe of probes) findings.push(await tryProbe(channel.name, url, probe))
  const webhook = channel.webhook?.(env, { publicUrl, io: channelIo }) ?? null
  return webhook === null ? findings : [...findings, await tryWebhook(channel.name, webhook)]
}

/** The provider's side: whether it takes our token, and brings its events here. */
async function tryWebhook(channel: string, webhook: Webhook): Promise<Finding> {
  const problem = await webhook.check()
  if (problem === null) return { level: 'ok', what: channel, says: 'its API: takes the token, brings its events here' }
  const advice = `; with the right token, npm run -s gateway -- ${channel} set-webhook mends it`
  return fail(channel, `its API: ${problem.says}${problem.isAway ? '' : advice}`)
}

async function tryProbe(channel: string, url: string, probe: Probe): Promise<Finding> {
  const { what, path, headers = {}, body, expects, status = 200 } = probe
  const sent = body === undefined ? {} : { method: 'POST', body }
  const signal = AbortSignal.timeout(ANSWER_MS_MAX)
  const response = await fetch(url + path, { headers, signal, redirect: 'manual', ...sent }).catch(() => null)
  if (response === null) return fail(channel, `${what}: no answer: look at the gateway's log`)
  await response.body?.cancel()
  const outcome = response.headers.get('x-reading-outcome')
  if (response.status === status && (expects === null || outcome === expects)) {
    const said = outcome ?? (status === 200 ? '' : String(status))
    return { level: 'ok', what: channel, says: `${what}: answered ${said}`.trimEnd() }
  }
  return fail(channel, `${what}: ${adviceOn(response.status)}`)
}

function adviceOn(status: number): string {
  if (status === 403) return 'refused (403): its token or PUBLIC_URL differs from those of the running gateway'
  if (status === 404) return 'not there (404): restart the gateway, it runs under another configuration'
  if (status === 503) return "failed (503): look at the store above and at the gateway's log"
  if (status === 200) return 'answered otherwise than it should: doctor asked too often, or the versions differ'
  return `answered ${status}: look at the gateway's log`
}
