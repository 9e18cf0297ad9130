import { z } from 'zod'
import {
  defineChannel,
  intakeRoute,
  type PageRoute,
  type Route,
  type RouteLimit,
  type WireRequest,
} from '../../src/channel/define-channel.ts'
import { publicPath } from '../../src/channel/public-path.ts'
import { billEnv, billUrlsOf } from '../../src/channel/shared-variables.ts'
import { wholeNumber } from '../../src/channel/variables.ts'
import { SupplierName } from '../../src/core/printed-slip.ts'
import { shapeOf } from '../../src/dialog/accounts.ts'
import { aliasKey } from '../../src/language/normalise.ts'
import { withProof } from './answered-question.ts'
import { formAssets } from './assets.ts'
import { meterStep } from './meter-step.ts'
import { brokenPage, failedPage, gonePage, resultPage, thanksPage, tooManyPage } from './pages/result-page.ts'
import { PREFIX, type Site } from './pages/shell.ts'
import { slipPage } from './pages/slip-page.ts'
import { startPage } from './pages/start-page.ts'
import { formReply, robotReply } from './reply.ts'
import { slipStep } from './slip-step.ts'
import { BODY_BYTES_MAX, CHANNEL, deliveryOf, type FilledForm, filledForm, languageOf, withId } from './wire.ts'

/** The web form: account, meter, values; no registration, no JavaScript needed. Always on. */
export const webForm = defineChannel({
  name: CHANNEL,
  prefix: PREFIX,
  env: z.object({
    ...billEnv,
    SUPPLIER_NAME: SupplierName,
    WEB_ACCOUNT_HOURLY_MAX: wholeNumber(1, 100_000)
      .default(10)
      .describe('Posts of the form for one account in an hour, at most.'),
    WEB_NETWORK_HOURLY_MAX: wholeNumber(1, 100_000)
      .default(60)
      .describe('Posts of the form from one network in an hour, at most.'),
  }),
  routes: (env, { assets, branches, io, publicUrl }) => {
    const { folder, routes } = assets(formAssets)
    const home = publicPath(publicUrl) + PREFIX
    const site: Site = { home, assets: home + folder, urls: billUrlsOf(env) }
    const slips = { branches, print: io.printSlip, supplier: env.SUPPLIER_NAME }
    const isShaped = shapeOf(branches)
    const limits = limitsBy({ account: env.WEB_ACCOUNT_HOURLY_MAX, network: env.WEB_NETWORK_HOURLY_MAX })
    const step = (path: string, page: PageRoute['page']) => stepRoute({ path, page }, site, limits)
    return [
      shown('', async (request, { newId }) => startPage({ ...filledForm(request), submissionId: newId() }, site)),
      step('/meter', (request, context) => meterStep(request, context, { site, branches, isShaped })),
      resultRoute(site),
      shown('/slip', async (request) => slipPage(filledForm(request), site)),
      toForm('/', 308, site),
      toForm('/meter', 303, site),
      step('/slip', (request, context) => slipStep(request, context, { ...slips, site })),
      formRoute(site, limits),
      ...routes,
    ]
  },
  probes: () => [{ what: 'the page', path: PREFIX, expects: null }],
})

/** Makes the two limits of rule 27, neither of which locks the account for other channels. */
type LimitsOf = <Wire>(accountOf: (wire: Wire) => string) => readonly RouteLimit<Wire>[]

function limitsBy(most: { readonly account: number; readonly network: number }): LimitsOf {
  return (accountOf) => [
    { most: most.account, counts: 'every', key: (wire) => aliasKey(accountOf(wire)) || null },
    { most: most.network, counts: 'every', key: (_wire, { network }) => network },
  ]
}

/** A page that is asked for by its address alone. */
function shown(path: string, page: PageRoute['page']): PageRoute {
  return { kind: 'page', method: 'GET', path, page }
}

/** Leads to the form, with its query; where a slash was typed too many, or where the second step is asked for anew. */
function toForm(path: string, status: 303 | 308, { home }: Site): PageRoute {
  const headers = ({ url }: WireRequest) => ({ location: home + url.replace(/^[^?]*/, '') })
  return shown(path, async (request) => ({ status, headers: headers(request), body: '' }))
}

/** A step that is sent an account, and answered with a page. */
function stepRoute(step: Pick<PageRoute, 'path' | 'page'>, site: Site, limitsOf: LimitsOf): PageRoute {
  return {
    ...step,
    kind: 'page',
    method: 'POST',
    bodyBytesMax: BODY_BYTES_MAX,
    limits: limitsOf<WireRequest>((request) => filledForm(request).account),
    tooMany: (request) => tooManyPage(languageOf(request), site),
    failed: (request) => brokenPage(languageOf(request), site),
  }
}

function formRoute(site: Site, limitsOf: LimitsOf): Route {
  return intakeRoute<FilledForm>({
    path: '',
    mediaType: 'application/x-www-form-urlencoded',
    bodyBytesMax: BODY_BYTES_MAX,
    limits: limitsOf<FilledForm>(({ account }) => account),
    authenticate: () => true,
    parse: (request, { now }) => withId(filledForm(request), now()),
    collect: withProof,
    read: (filled, { now }) => (filled.isRobot ? null : deliveryOf(filled, now())),
    reply: (answer, filled, { now }) => formReply(answer, filled, { site, now }),
    ignored: (filled) => robotReply(filled, site),
    tooMany: ({ language }) => tooManyPage(language, site),
    failed: (request) => failedPage(languageOf(request), site),
  })
}

function resultRoute(site: Site): PageRoute {
  const route = shown('/result', async (request, { answerOf }) => {
    const id = request.query['id']
    const language = languageOf(request)
    if (id === undefined) return thanksPage(language, site)
    const answer = SUBMISSION_ID.test(id) ? await answerOf(id, CHANNEL) : null
    return answer === null ? gonePage(language, site) : resultPage(answer, language, site)
  })
  return { ...route, failed: (request) => brokenPage(languageOf(request), site) }
}

const SUBMISSION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
