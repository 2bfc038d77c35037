import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce, deliveryNews } from '#worker/http/announce.ts'
import { answerJson } from '#worker/http/json.ts'
import { validBody, validQuery } from '#worker/http/valid.ts'
import { SubmissionCountsQuery, SubmissionFilter, SubmissionQuery } from './list-schema.ts'
import { SubmissionChange, type SubmissionPage } from './schema.ts'

/** Mounted at /api/submissions. What answers is loaded when it is asked for: nothing else of the Worker waits for it. */
export const submissionRoutes = new Hono<App>()
  .get('/', validQuery(SubmissionQuery), async (c) => {
    const { listSubmissions } = await import('./list.ts')
    return answerJson<SubmissionPage>(c, await listSubmissions(c.var.tenant, c.req.valid('query')))
  })
  .get('/counts', validQuery(SubmissionCountsQuery), async (c) => {
    const { countSubmissions } = await import('./list.ts')
    return c.json(await countSubmissions(c.var.tenant, c.req.valid('query').form))
  })
  .get('/export.csv', validQuery(SubmissionFilter), async (c) => {
    const { exportSubmissions } = await import('./export.ts')
    const csv = await exportSubmissions(c.var.tenant, c.req.valid('query'))
    const day = new Date(c.var.now).toISOString().slice(0, 10)
    return c.body(csv, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="applications-${day}.csv"`,
    })
  })
  .get('/:id', async (c) => {
    const { openSubmission } = await import('./queries.ts')
    return c.json(await openSubmission(c.var.tenant, c.req.param('id'), actorOf(c)))
  })
  .patch('/:id', validBody(SubmissionChange), async (c) => {
    const { reviewSubmission } = await import('./commands.ts')
    const { tenant } = c.var
    const reviewed = await reviewSubmission(tenant, c.req.param('id'), c.req.valid('json'), actorOf(c))
    const { submission, alerts } = reviewed
    for (const news of deliveryNews(alerts)) announce(c, news)
    return c.json(submission)
  })
  .delete('/:id', async (c) => {
    const { deleteSubmission } = await import('./commands.ts')
    await deleteSubmission(c.var.tenant, c.req.param('id'), actorOf(c))
    return c.body(null, 204)
  })
