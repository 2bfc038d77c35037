import { beforeAll, expect, test } from 'vitest'
import { keyOf } from '#worker/http/registry.ts'
import { REGISTRY } from '#worker/registry.ts'
import guardPaths from '#worker/testing/corpora/guard_paths.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { exampleFor } from '#worker/testing/world/examples.ts'
import { cookieFor, newWorld, type World } from '#worker/testing/world/world.ts'

const TEMPLATES = payloads(guardPaths)
const GUARDED = [...REGISTRY.values()]
  .filter(({ who }) => who !== 'anyone')
  .map((entry) => [keyOf(entry.method, entry.path), entry] as const)

const worker = new TestWorker()
let world: World
let untouched: Map<string, string>

beforeAll(async () => {
  world = await newWorld()
  untouched = await dump()
})

/** `/api/partners` in the disguise of a template. */
function disguised(template: string, path: string) {
  const [prefix = '', ...rest] = path.slice(1).split('/')
  return template.replaceAll('{p}', prefix).replaceAll('{r}', rest.join('/'))
}

test('the disguises are read', () => {
  expect(TEMPLATES.length).toBeGreaterThan(10)
  expect(disguised('/{p}//{r};x', '/api/partners/rows')).toBe('/api//partners/rows;x')
})

test.each(GUARDED)('%s lets nobody in under a disguised path', async (_, entry) => {
  const { path, body } = exampleFor(entry, world.a, world.a.people.owner)
  const sent = body === undefined ? {} : { body }
  const stranger = await cookieFor(worker, world.b.people.contact)
  for (const template of TEMPLATES) {
    const at = disguised(template, path)
    const mine = entry.who === 'user' && !entry.path.includes(':')
    for (const cookie of mine ? [''] : ['', stranger]) {
      const response = await worker.request(entry.method, at, { cookie, ...sent })
      // The pages of the apps are for everybody, and hold nothing of anybody.
      const isPage = response.headers.get('Content-Type')?.startsWith('text/html') === true
      expect([at, isPage || [401, 403, 404].includes(response.status)]).toEqual([at, true])
      expect(await response.text()).not.toMatch(/leak-/i)
    }
  }
  expect(changedTables(untouched, await dump())).toEqual([])
})
