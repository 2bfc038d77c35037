import type { Call } from './call.ts'
import type { Found, Query } from './storage.ts'
import type { World } from './world.ts'

const LOST = 'D1_ERROR: Network connection lost.'

/** A statement of the Worker, which only a batch runs. */
class Prepared implements D1PreparedStatement, Query {
  readonly sql: string
  readonly params: readonly unknown[]

  constructor(sql: string, params: readonly unknown[] = []) {
    this.sql = sql
    this.params = params
  }

  bind(...params: unknown[]) {
    return new Prepared(this.sql, params)
  }

  first(): Promise<never> {
    return alone()
  }
  run(): Promise<never> {
    return alone()
  }
  all(): Promise<never> {
    return alone()
  }
  raw(): Promise<never> {
    return alone()
  }
}

const alone = (): Promise<never> => {
  throw new Error('All statements of the product run in batches.')
}

/** D1 as one call of the Worker sees it. */
export function d1Of(world: World, call: Call): D1Database {
  const prepare = (sql: string) => new Prepared(sql)
  const run = <T>(statements: D1PreparedStatement[]) => batch<T>(world, call, statements)
  const session: D1DatabaseSession = { prepare, batch: run, getBookmark: () => '0-0' }
  return { prepare, batch: run, withSession: () => session, exec: alone, dump: alone }
}

/** There, all or nothing, and back: each way can fail, and others go on meanwhile. */
async function batch<T>(world: World, call: Call, statements: D1PreparedStatement[]): Promise<D1Result<T>[]> {
  const queries = statements.map((each) => {
    if (each instanceof Prepared) return each
    throw new Error('A statement of another database.')
  })
  await call.wait('d1', 1, 20)
  if (world.goesWrong('d1Before')) fail(world, call, 'before')
  const broken = world.goesWrong('d1Within') ? world.chance.between(0, queries.length) : null
  const found = await carryOut(world, call, queries, broken)
  world.committed(call, queries, found)
  await call.wait('d1 answers', 1, 20)
  if (world.goesWrong('d1After')) fail(world, call, 'after')
  return found.map((each) => resultOf<T>(each))
}

function fail(world: World, call: Call, when: string): never {
  call.excuse()
  world.note(`${call.name}: d1 fails ${when}`)
  throw new Error(LOST)
}

async function carryOut(world: World, call: Call, queries: readonly Query[], broken: number | null) {
  try {
    if (world.without !== 'batch') return world.storage.batch(queries, broken)
    const found: Found[] = []
    for (const [at, query] of queries.entries()) {
      if (at > 0) await call.wait('d1, between', 0, 3)
      if (at === broken) fail(world, call, 'within')
      found.push(world.storage.run(query))
    }
    return found
  } catch (error) {
    call.excuse()
    world.note(`${call.name}: d1 refuses`)
    throw error
  }
}

function resultOf<T>({ rows, changes }: Found): D1Result<T> {
  // As over the wire.
  const results: T[] = JSON.parse(JSON.stringify(rows))
  const meta = {
    duration: 0,
    size_after: 0,
    rows_read: rows.length,
    rows_written: changes,
    last_row_id: 0,
    changed_db: changes > 0,
    changes,
  }
  return { success: true, results, meta }
}
