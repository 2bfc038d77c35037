import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { getProgram } from './queries.ts'

/** Mounted at /api/program. */
export const programRoutes = new Hono<App>().get('/', async (c) => c.json(await getProgram(c.var.tenant)))
