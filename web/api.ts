import { hc } from 'hono/client'
import type { Api } from '#worker/app.ts'

/** Every route of the Worker, typed by the routes themselves. Await an answer through `answerOf`. */
export const { api } = hc<Api>('/')
