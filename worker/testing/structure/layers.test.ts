import { expect, test } from 'vitest'
import { arrowsUp, circles } from './floors.ts'
import { strayImports } from './layers.ts'
import { IMPORTS, importsOf } from './sources.ts'

/** A rule that reads nothing proves nothing. */
const FILES_AT_LEAST = 60

test('every source file is read, with its imports', () => {
  expect(IMPORTS.size).toBeGreaterThan(FILES_AT_LEAST)
  expect([...IMPORTS.values()].flat().length).toBeGreaterThan(3 * FILES_AT_LEAST)
  const known = new Set(IMPORTS.keys())
  const files = [...IMPORTS.values()].flat().filter(({ from }) => /^worker\/.*\.ts$/.test(from))
  expect(files.filter(({ from }) => !known.has(from))).toEqual([])
})

test('every import respects its layer', () => {
  expect([...IMPORTS].flatMap(([path, imports]) => strayImports(path, imports))).toEqual([])
})

test('no folder reaches up to a higher floor', () => {
  expect([...IMPORTS].flatMap(([path, imports]) => arrowsUp(path, imports))).toEqual([])
})

test('no file comes back to itself by its imports', () => {
  expect(circles(IMPORTS)).toEqual([])
})

test.each([
  ['terms that read a schema', 'worker/auth/terms.ts', "import { Name } from '#worker/http/schema.ts'"],
  ['terms that name a type of a schema', 'worker/auth/terms.ts', "import type { Me } from './schema.ts'"],
  ['a schema that reads a table', 'worker/auth/schema.ts', "import { users } from './table.ts'"],
  ['a schema that knows domains by itself', 'worker/auth/schema.ts', "import { parse } from 'tldts'"],
  [
    'an engine that reads the database',
    'worker/scoring/fit.ts',
    "import { row } from '#worker/db/statement.ts'",
  ],
  [
    'an engine that knows its defaults',
    'worker/scoring/fit.ts',
    "import { defaultScoring } from './defaults.ts'",
  ],
  ['a table that runs queries', 'worker/partners/table.ts', "import { getPartner } from './queries.ts'"],
  [
    'a command that knows a route',
    'worker/partners/commands.ts',
    "import { partnerRoutes } from './routes.ts'",
  ],
  ['a query that answers requests', 'worker/partners/queries.ts', "import { Hono } from 'hono'"],
  ['a query that knows the app', 'worker/partners/queries.ts', "import type { Api } from '#worker/app.ts'"],
  ['a job that loads the credential library', 'worker/scoring/job.ts', "await import('better-auth/crypto')"],
  ['an id made elsewhere', 'worker/partners/commands.ts', "import { ulid } from 'ulidx'"],
  ['a route with SQL', 'worker/partners/routes.ts', "import { sql } from 'drizzle-orm'"],
  ['a route with a table', 'worker/partners/routes.ts', "import { partners } from './table.ts'"],
  ['a route with a statement', 'worker/partners/routes.ts', "import { row } from '#worker/db/statement.ts'"],
  ['a route with another route', 'worker/partners/routes.ts', "import { x } from '#worker/auth/routes.ts'"],
  [
    'a route that shows the public form',
    'worker/portal/routes.ts',
    "import { Form } from '#web/form/form.tsx'",
  ],
  ['a page with a hook', 'worker/applications/pages.tsx', "import { useState } from 'preact/hooks'"],
  ['the Worker with the local program', 'worker/http/log.ts', "import { ROOT } from '#local/paths.ts'"],
  ['the Worker with an app', 'worker/http/log.ts', "import { api } from '#web/api.ts'"],
  ['the Worker with its tests', 'worker/http/log.ts', "import { acme } from '#worker/testing/people.ts'"],
  ['the Worker with a file system', 'worker/http/log.ts', "import { readFile } from 'node:fs'"],
  ['a file taken by pattern', 'worker/http/log.ts', "import.meta.glob('./*.ts')"],
  ['bindings with code', 'worker/env.ts', "import { Tenant } from '#worker/db/tenant.ts'"],
  ['an app with a schema at run time', 'web/admin/main.tsx', "import { Me } from '#worker/auth/schema.ts'"],
  ['an app with code of the Worker', 'web/admin/main.tsx', "import { newId } from '#worker/db/ids.ts'"],
  ['an app with its own client', 'web/admin/main.tsx', "import { hc } from 'hono/client'"],
  ['an app with zod', 'web/admin/main.tsx', "import * as z from 'zod'"],
  ['an app with the local program', 'web/admin/main.tsx', "import { ROOT } from '#local/paths.ts'"],
  ['a client with the app itself', 'web/api.ts', "import { app } from '#worker/app.ts'"],
  ['a client with more than its type', 'web/api.ts', "import type { Api, app } from '#worker/app.ts'"],
  ['the public form with hooks', 'web/form/field.tsx', "import { useState } from 'preact/hooks'"],
  ['the public form with the client', 'web/form/field.tsx', "import { api } from '#web/api.ts'"],
  ['the embed script with anything', 'web/embed/embed.ts', "import { x } from './other.ts'"],
  ['the embed script with a type', 'web/embed/embed.ts', "import type { X } from '#worker/auth/terms.ts'"],
  ['something passed on', 'worker/auth/terms.ts', "export { Name } from '#worker/http/schema.ts'"],
  [
    'an import over several lines',
    'worker/auth/terms.ts',
    "import {\n  Name,\n  Email,\n} from './schema.ts'",
  ],
  ['an import for its effect', 'web/embed/embed.ts', "import './embed.css'"],
  ['a folder of no layer', 'shared/x.ts', ''],
])('%s is caught', (_, path, source) => {
  expect(strayImports(path, importsOf(path, source))).toHaveLength(1)
})

test.each([
  ['http that knows members', 'worker/http/log.ts', "import { signIn } from '#worker/auth/commands.ts'"],
  ['db that names a type of auth', 'worker/db/ids.ts', "import type { P } from '#worker/auth/principal.ts'"],
  ['auth that knows partners', 'worker/auth/queries.ts', "import { x } from '#worker/partners/queries.ts'"],
  [
    'partners that know the portal',
    'worker/partners/queries.ts',
    "import { x } from '#worker/portal/queries.ts'",
  ],
  [
    'scoring that knows its consumer',
    'worker/scoring/job.ts',
    "import { run } from '#worker/jobs/consumer.ts'",
  ],
  [
    'a message parsed below',
    'worker/http/announce.ts',
    "import { JobMessage } from '#worker/jobs/schema.ts'",
  ],
  ['a folder of no floor', 'worker/utils/strings.ts', ''],
])('%s is caught as an arrow upwards', (_, path, source) => {
  expect(arrowsUp(path, importsOf(path, source))).toHaveLength(1)
})

test('a circle is caught, and a fork that meets again is none', () => {
  const graph = (files: Record<string, string>) =>
    new Map(Object.entries(files).map(([path, source]) => [path, importsOf(path, source)]))
  const circle = graph({
    'worker/db/a.ts': "import { b } from './b.ts'",
    'worker/db/b.ts': "import type { C } from './c.ts'",
    'worker/db/c.ts': "import { a } from './a.ts'",
  })
  expect(circles(circle)).toHaveLength(1)
  const fork = graph({
    'worker/db/a.ts': "import { b } from './b.ts'\nimport { c } from './c.ts'",
    'worker/db/b.ts': "import { c } from './c.ts'",
    'worker/db/c.ts': '',
  })
  expect(circles(fork)).toEqual([])
})
