import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { type Database, migrate } from './migrate.ts'

const runtime = new Miniflare(
  convertV4MiniflareOptions({
    modules: true,
    script: 'export default {}',
    compatibilityDate: '2026-11-01',
    d1Databases: ['DB'],
    cf: {},
  }),
)
let db: Database

beforeEach(async () => {
  db = await runtime.getD1Database('DB')
  const { results } = await db
    .prepare("SELECT name, type FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
    .all<{ name: string }>()
  for (const { name } of results)
    if (!name.startsWith('sqlite_')) await db.prepare(`DROP TABLE ${name}`).run()
})
afterAll(() => runtime.dispose())

const rows = async (sql: string) => (await db.prepare(sql).all()).results

const TABLE = { name: '0001_create_jobs.sql', sql: 'CREATE TABLE jobs (id INTEGER PRIMARY KEY, what TEXT);' }
const TRIGGER = {
  name: '0002_mark_jobs.sql',
  sql: `-- a comment; with a semicolon
    CREATE TRIGGER jobs_mark AFTER INSERT ON jobs BEGIN
      UPDATE jobs SET what = what || ';' WHERE id = new.id;
      UPDATE jobs SET what = CASE WHEN what = 'a;' THEN 'marked' ELSE what END WHERE id = new.id;
    END;
    CREATE INDEX jobs_what ON jobs (what);
    INSERT INTO jobs (what) VALUES ('a'), ('it''s; fine');`,
}

test('migrations run in order, triggers and semicolons in text included', async () => {
  expect(await migrate(db, [TABLE, TRIGGER])).toEqual(['0001_create_jobs.sql', '0002_mark_jobs.sql'])
  expect(await rows('SELECT what FROM jobs ORDER BY id')).toEqual([
    { what: 'marked' },
    { what: "it's; fine;" },
  ])
})

test('a migration runs once', async () => {
  await migrate(db, [TABLE])
  expect(await migrate(db, [TABLE, TRIGGER])).toEqual(['0002_mark_jobs.sql'])
  expect(await migrate(db, [TABLE, TRIGGER])).toEqual([])
})

test('what ran stands where wrangler keeps it', async () => {
  await migrate(db, [TABLE])
  expect(await rows('SELECT id, name FROM d1_migrations')).toEqual([{ id: 1, name: '0001_create_jobs.sql' }])
})

test('a migration that fails half-way leaves nothing, and is named', async () => {
  const broken = { name: '0002_break.sql', sql: 'CREATE TABLE halves (id); INSERT INTO nowhere VALUES (1);' }
  await expect(migrate(db, [TABLE, broken])).rejects.toThrow('Migration 0002_break.sql failed.')
  expect(await rows("SELECT name FROM sqlite_schema WHERE name = 'halves'")).toEqual([])
  expect(await rows('SELECT name FROM d1_migrations')).toEqual([{ name: '0001_create_jobs.sql' }])
})
