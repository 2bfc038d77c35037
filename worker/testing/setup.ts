import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, expect } from 'vitest'
import { readOwners } from './catalogue.ts'
import { emptyTables } from './empty.ts'
import { recording } from './recording.ts'
import { looseStatements } from './tenancy/loose.ts'

// The Worker's own log: a line per request would drown what a failing test says. A test that reads it can spy on it.
console.log = () => undefined

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
const owners = await readOwners()

// All files run in one runtime, since a start for each took longer than its tests; each begins with nothing.
await emptyTables()
recording.statements.length = 0

// Every test file is also a test of tenancy: whatever it made the Worker run is judged.
afterAll(() => {
  expect(looseStatements(recording.statements, owners)).toEqual([])
})
