/** Stands between the built Worker and its D1 binding, and counts. The Worker itself is the one that was built. */
import type {
  D1Database,
  D1DatabaseSession,
  D1PreparedStatement,
  D1Result,
  ExecutionContext,
  MessageBatch,
  ScheduledController,
} from '@cloudflare/workers-types'

export interface Counts {
  requests: number
  roundTrips: number
  statements: number
  rowsRead: number
  rowsWritten: number
}
type Occasion = 'fetch' | 'queue' | 'scheduled'

interface Env {
  DB: D1Database
}
interface App {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response>
  queue(batch: MessageBatch, env: Env, context: ExecutionContext): unknown
  scheduled(controller: ScheduledController, env: Env, context: ExecutionContext): unknown
}

const nothing = (): Counts => ({ requests: 0, roundTrips: 0, statements: 0, rowsRead: 0, rowsWritten: 0 })
const ALL: Record<Occasion, Counts> = { fetch: nothing(), queue: nothing(), scheduled: nothing() }

/** The app, which also tells at /counts what it has asked of D1 since the last time. */
export function counted(app: App): App {
  const watched = (env: Env, occasion: Occasion): Env => {
    const counts = ALL[occasion]
    counts.requests++
    return { ...env, DB: watchedDatabase(env.DB, counts) }
  }
  return {
    fetch(request, env, context) {
      if (new URL(request.url).pathname !== '/counts')
        return app.fetch(request, watched(env, 'fetch'), context)
      const answer = Response.json(ALL)
      for (const counts of Object.values(ALL)) Object.assign(counts, nothing())
      return answer
    },
    queue: (batch, env, context) => app.queue(batch, watched(env, 'queue'), context),
    scheduled: (controller, env, context) => app.scheduled(controller, watched(env, 'scheduled'), context),
  }
}

const unwatched = new WeakMap<D1PreparedStatement, D1PreparedStatement>()

function watchedDatabase(db: D1Database, counts: Counts): D1Database {
  const count = <T>(results: D1Result<T>[]) => {
    counts.roundTrips++
    counts.statements += results.length
    for (const { meta } of results) {
      counts.rowsRead += meta.rows_read
      counts.rowsWritten += meta.rows_written
    }
    return results
  }
  const session = (inner: D1DatabaseSession) =>
    new Proxy(inner, {
      get(_, name) {
        if (name === 'prepare') return (sql: string) => watchedStatement(inner.prepare(sql), count)
        if (name === 'batch')
          return async (all: D1PreparedStatement[]) =>
            count(await inner.batch(all.map((each) => unwatched.get(each) ?? each)))
        return () => inner.getBookmark()
      },
    })
  return new Proxy(db, { get: () => (start: string) => session(db.withSession(start)) })
}

/** A statement that a library runs by itself. Only `all` tells what it cost, so every way of running it becomes that. */
function watchedStatement(inner: D1PreparedStatement, count: (results: D1Result[]) => D1Result[]) {
  const all = async () => {
    const result = await inner.all()
    count([result])
    return result
  }
  const watched: D1PreparedStatement = new Proxy(inner, {
    get(_, name) {
      if (name === 'bind') return (...values: unknown[]) => watchedStatement(inner.bind(...values), count)
      if (name === 'raw') return async () => (await all()).results.map(Object.values)
      return all
    },
  })
  unwatched.set(watched, inner)
  return watched
}
