import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Directory } from '#worker/testing/directory.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import type { PartnerPage } from './schema.ts'
import { createdWords } from './words.ts'

const worker = new TestWorker()

/** Words that the index finds other partners by than those that have them now. */
async function wrongWords() {
  const { results } = await env.DB.prepare('select -partner as at, words from partner_words').all<{
    at: number
    words: string
  }>()
  const having = new Map<string, number[]>()
  for (const { at, words } of results)
    for (const word of new Set(words.toLowerCase().split(' ')))
      having.set(word, [...(having.get(word) ?? []), at])
  const wrong = []
  for (const [word, partners] of having) {
    const found = await env.DB.prepare(
      'select rowid as at from partner_search where terms match ? order by rowid',
    )
      .bind(word)
      .all<{ at: number }>()
    const ids = found.results.map(({ at }) => at)
    if (ids.join() !== partners.toSorted((a, b) => a - b).join()) wrong.push(word)
  }
  return wrong
}

test('partners are counted by what they are now, whichever way it changed', async () => {
  const our = await Directory.found(worker)
  const total = async (query: string) =>
    (await (await our.call('GET', `?type=channel&${query}`)).json<PartnerPage>()).total
  const tags = ['Süd "1"', 'a-b', 'a b', 'ab', '💥']
  const { id, version } = await our.add({ type: 'channel', region: 'uk-ireland', tags })
  const ids = await our.plant(3)
  const words = ['region=uk-ireland', 'stage=prospect', 'manager=none', 'tier=none', 'created=this-month']
  for (const query of [...words, ...tags.map((tag) => `tag=${encodeURIComponent(tag)}`)])
    expect([query, await total(query)]).toEqual([query, 1])
  expect(await total('tag=A-B')).toBe(0)
  const manager = await env.DB.prepare('select id from members where org_id = ?').bind(our.org.id).first('id')
  const edits = [
    { region: 'dach' },
    { tier: 'gold' },
    { tags: ['new'] },
    { managerId: manager },
    { stage: 'at-risk' },
  ]
  for (const [at, edit] of edits.entries()) {
    expect((await our.call('PATCH', `/${id}`, { version: version + at, ...edit })).status).toBe(200)
    expect([edit, await wrongWords()]).toEqual([edit, []])
  }
  const now = ['region=dach', 'tier=gold', 'tag=new', 'manager=me', 'stage=at-risk']
  expect(await total(now.join('&'))).toBe(1)
  expect([await total('region=uk-ireland'), await total('tag=ab'), await total('tier=none')]).toEqual([
    0, 0, 0,
  ])
  await our.edit({ filter: { tag: ['new'] }, expected: 1, set: { addTags: ['more'] } })
  await worker.drain()
  expect([await total('tag=more'), await wrongWords()]).toEqual([1, []])
  await our.call('DELETE', `/${ids[0]}`)
  expect(await wrongWords()).toEqual([])
  await our.call('DELETE', `/${id}`)
  expect([await total('region=dach'), await wrongWords()]).toEqual([0, []])
})

test.each([
  ['😀', '😀'],
  ['Heart ❤️ Care', '❤️'],
  ['C++ Guild', '++'],
  ['👩‍🚀 Rockets', '👩‍🚀'],
  ['हिन्दी सेवा', 'हि'],
])('%s is found by %s', async (name, search) => {
  const our = await Directory.found(worker)
  await our.add({ name })
  await our.add({ name: 'Another' })
  const answer = await our.call('GET', `?search=${encodeURIComponent(search)}`)
  expect(await answer.json()).toMatchObject({ items: [{ name }], total: 1 })
})

test('no word of one organisation finds a partner of another', async () => {
  const [our, their] = [await Directory.found(worker), await Directory.found(worker)]
  await their.add({ tags: ['shared'], region: 'anz' })
  const answer = await our.call('GET', '?tag=shared&region=anz')
  expect(await answer.json()).toEqual({ items: [], nextCursor: null, total: 0 })
})

test('a filter with a hundred values, and ten of them together, are still one question', async () => {
  const our = await Directory.found(worker)
  await our.add({ tags: ['t99'] })
  const tags = Array.from({ length: 100 }, (_, at) => `tag=t${at}`).join('&')
  const answer = await our.call(
    'GET',
    `?${tags}&type=channel&type=technology&stage=prospect&tier=none&fit=none`,
  )
  expect(await answer.json()).toMatchObject({ total: 1 })
})

test('the words of a period are those of its days, from its first to the end of next year', () => {
  const day = fc.integer({ min: 0, max: 1_400 }).map((days) => Date.UTC(2025, 0, 1 + days))
  fc.assert(
    fc.property(day, day, (since, at) => {
      const date = new Date(at).toISOString().slice(0, 10).replaceAll('-', '')
      const words = createdWords('org_1', since).map((word) => word.replace('forg1created', ''))
      const meant = words.filter((word) =>
        word.endsWith('*') ? date.startsWith(word.slice(0, -1)) : word === date,
      )
      const last = Date.UTC(new Date(since).getUTCFullYear() + 2, 0)
      expect(meant).toHaveLength(at >= since && at < last ? 1 : 0)
    }),
  )
})
