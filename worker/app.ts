import { Hono } from 'hono'
import { formRoutes } from '#worker/applications/routes.ts'
import { applyRoutes, embedRoutes, publicFormRoutes } from '#worker/apply/routes.ts'
import { authorise } from '#worker/auth/authorise.ts'
import { accountRoutes, meRoutes, signInRoutes } from '#worker/auth/routes.ts'
import { bulkRoutes } from '#worker/bulk/routes.ts'
import type { App } from '#worker/env.ts'
import { fileRoutes, formFileRoutes } from '#worker/files/routes.ts'
import { limitBody } from '#worker/http/body.ts'
import { keptByAddress } from '#worker/http/caching.ts'
import { notFound, onError } from '#worker/http/door.ts'
import { sameOrigin } from '#worker/http/origin.ts'
import { page } from '#worker/http/pages.ts'
import { identify } from '#worker/http/request.ts'
import { secure } from '#worker/http/security.ts'
import { linkRoutes, memberRoutes, organizationRoutes, signUpRoutes } from '#worker/organizations/routes.ts'
import { partnerRoutes } from '#worker/partners/routes.ts'
import { programRoutes, tierRoutes } from '#worker/program/routes.ts'
import { REGISTRY } from '#worker/registry.ts'
import { scoreRoutes, scoringRoutes } from '#worker/scoring/routes.ts'
import { signalRoutes } from '#worker/signals/routes.ts'
import { alertRoutes, deliveryRoutes } from '#worker/submissions/alert-routes.ts'
import { viewRoutes } from '#worker/views/routes.ts'

const api = new Hono<App>()
  .route('/auth', signInRoutes)
  .route('/auth', linkRoutes)
  .route('/me', meRoutes)
  .route('/account', accountRoutes)
  .route('/sign-up', signUpRoutes)
  .route('/organizations', organizationRoutes)
  .route('/members', memberRoutes)
  .route('/program', programRoutes)
  .route('/scoring', scoringRoutes)
  .route('/partners', bulkRoutes)
  .route('/partners', partnerRoutes)
  .route('/partners/:id/scores', scoreRoutes)
  .route('/partners/:id/tiers', tierRoutes)
  .route('/partners/:id', signalRoutes)
  .route('/views', viewRoutes)
  .route('/public/forms', publicFormRoutes)
  .route('/forms', formRoutes)
  .route('/forms', alertRoutes)
  .route('/deliveries', deliveryRoutes)

const routes = new Hono<App>()
  .use(identify)
  .use(secure)
  .use(keptByAddress(REGISTRY))
  .use(sameOrigin(REGISTRY))
  .use(limitBody(REGISTRY))
  .use(authorise(REGISTRY))
  .get('/', (c) => c.redirect('/partners'))
  .get('/login', page('admin'))
  .get('/signup', page('admin'))
  .get('/reset-password', page('admin'))
  .get('/partners', page('admin'))
  .get('/partners/*', page('admin'))
  .get('/program', page('admin'))
  .get('/settings', page('admin'))
  .get('/settings/*', page('admin'))
  .get('/portal', page('portal'))
  .get('/portal/*', page('portal'))
  .route('/files', fileRoutes)
  .route('/apply', applyRoutes)
  .route('/', embedRoutes)
  .route('/form-files', formFileRoutes)
  .route('/api', api)

routes.onError(onError)
routes.notFound(notFound)

export const app = routes
/** What the typed client is made from. */
export type Api = typeof routes
