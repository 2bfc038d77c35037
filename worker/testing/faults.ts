/**
 * When a round trip to D1 fails: before it reached the database, at one statement of it (a batch of fewer goes well), or on
 * the way back.
 */
export type Fault =
  | { readonly when: 'before' | 'after'; readonly message: string }
  | { readonly when: 'at'; readonly statement: number }

/** What Cloudflare names as worth another try. */
export const LOST = 'D1_ERROR: Network connection lost.'
/** What no other try will mend; holds SQL, as D1's messages do. */
export const BROKEN = 'D1_ERROR: no such column: secret_column in "select secret_column": SQLITE_ERROR'

type Answer = Fault | null | undefined

/**
 * Fails each round trip to D1 for which `fault` has an answer; round trips count from 1. While `fault` waits, so does the
 * round trip: what it does meanwhile comes in between.
 */
export function failing(db: D1Database, fault: (roundTrip: number) => Answer | Promise<Answer>): D1Database {
  let roundTrips = 0
  const run = async <T>(work: (broken: number | null) => Promise<T>): Promise<T> => {
    const now = await fault(++roundTrips)
    if (now?.when === 'before') throw new Error(now.message)
    const result = await work(now?.when === 'at' ? now.statement : null)
    if (now?.when === 'after') throw new Error(now.message)
    return result
  }
  const session = (inner: D1DatabaseSession): D1DatabaseSession => ({
    prepare: (query) => faulty(inner.prepare(query), run),
    batch: <T>(statements: D1PreparedStatement[]) =>
      run((broken) => {
        const all = statements.map((each) => unwrapped.get(each) ?? each)
        if (broken !== null && broken <= all.length)
          all.splice(broken, 0, inner.prepare('select * from there_is_no_such_table'))
        return inner.batch<T>(all)
      }),
    getBookmark: () => inner.getBookmark(),
  })
  return withSessions(db, session)
}

/** Loses the connection whenever a statement comes along for which `isRefused` holds. */
export const refusing = (db: D1Database, isRefused: (query: string) => boolean): D1Database =>
  withSessions(db, (inner) => ({
    prepare: (query) => {
      if (isRefused(query)) throw new Error(LOST)
      return inner.prepare(query)
    },
    batch: (statements) => inner.batch(statements),
    getBookmark: () => inner.getBookmark(),
  }))

const withSessions = (
  db: D1Database,
  session: (inner: D1DatabaseSession) => D1DatabaseSession,
): D1Database => ({
  prepare: (query) => db.prepare(query),
  batch: (statements) => db.batch(statements),
  exec: (query) => db.exec(query),
  dump: () => db.dump(),
  withSession: (start) => session(db.withSession(start)),
})

const unwrapped = new WeakMap<D1PreparedStatement, D1PreparedStatement>()

/** A statement that fails, too, when a library runs it by itself. */
function faulty(
  statement: D1PreparedStatement,
  run: <T>(work: (broken: number | null) => Promise<T>) => Promise<T>,
): D1PreparedStatement {
  const wrapper = new Proxy(statement, {
    get(target, name) {
      if (name === 'bind') return (...values: unknown[]) => faulty(target.bind(...values), run)
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...values: unknown[]) => run(() => Promise.resolve(Reflect.apply(member, target, values)))
    },
  })
  unwrapped.set(wrapper, statement)
  return wrapper
}
