/** What ran against D1: every SQL text, the round trips that carried it, and the rows it touched. */
export interface Recording {
  readonly statements: string[]
  roundTrips: number
  rowsRead: number
  rowsWritten: number
}

export const newRecording = (): Recording => ({ statements: [], roundTrips: 0, rowsRead: 0, rowsWritten: 0 })

/** Everything that this test file ran; `setup.ts` judges the statements when it ends. */
export const recording = newRecording()

/** The real D1, with each statement and round trip noted. */
export function recorded(db: D1Database, recording: Recording): D1Database {
  const count = <T>(results: D1Result<T>[]) => {
    recording.roundTrips++
    for (const { meta } of results) {
      recording.rowsRead += meta.rows_read
      recording.rowsWritten += meta.rows_written
    }
    return results
  }
  const noted = (session: D1DatabaseSession): D1DatabaseSession => ({
    prepare: (query) => {
      recording.statements.push(query)
      return notedStatement(session.prepare(query), count)
    },
    batch: async <T>(statements: D1PreparedStatement[]) =>
      count<T>(await session.batch<T>(statements.map((each) => original.get(each) ?? each))),
    getBookmark: () => session.getBookmark(),
  })
  return {
    prepare: (query) => {
      recording.statements.push(query)
      return db.prepare(query)
    },
    batch: (statements) => db.batch(statements),
    exec: (query) => db.exec(query),
    dump: () => db.dump(),
    withSession: (start) => noted(db.withSession(start)),
  }
}

const original = new WeakMap<D1PreparedStatement, D1PreparedStatement>()

/** A statement that counts when a library runs it by itself. */
function notedStatement(
  statement: D1PreparedStatement,
  count: <T>(results: D1Result<T>[]) => D1Result<T>[],
): D1PreparedStatement {
  const wrapper = new Proxy(statement, {
    get(target, name) {
      if (name === 'bind') return (...values: unknown[]) => notedStatement(target.bind(...values), count)
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...values: unknown[]) => {
        const result: unknown = await Reflect.apply(member, target, values)
        count([])
        return result
      }
    },
  })
  original.set(wrapper, statement)
  return wrapper
}
