import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import type { Activity, PartnerPage } from '#worker/partners/schema.ts'
import { costOf, Directory } from '#worker/testing/directory.ts'
import { dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { enlist, memberIdOf } from '#worker/testing/people.ts'
import type { BulkEdited, BulkUndone } from './schema.ts'

const worker = new TestWorker()
let our: Directory

beforeEach(async () => {
  worker.queued.splice(0)
  our = await Directory.found(worker)
})

test('partners chosen by their ids get manager, stage, tags and tier at once, in one round trip', async () => {
  const [one, two] = [await our.add({ tags: ['old', 'both'] }), await our.add()]
  await worker.drain()
  const managerId = await memberIdOf(our.org.owner)
  const set = { managerId, stage: 'active', addTags: ['new', 'both'], removeTags: ['old'], tier: 'gold' }
  const { result, trips } = await costOf(() => our.edit({ ids: [one.id, two.id, one.id], set }))
  expect(trips).toBe(1)
  expect(result).toEqual({
    updated: 2,
    remaining: 0,
    nextCursor: null,
    undo: { id: expect.stringMatching(/^blk_/), until: expect.any(String) },
  })
  expect(Date.parse(result.undo.until) - Date.now()).toBeGreaterThan(590_000)
  expect(await our.partner(one.id)).toMatchObject({
    manager: { id: managerId },
    stage: 'active',
    status: 'active',
    tags: ['both', 'new'],
    tier: 'gold',
    tierSource: 'manual',
    tierDetail: { by: { name: 'Some owner' }, reason: null },
    version: 2,
  })
  expect((await our.partner(two.id)).tags).toEqual(['new', 'both'])
  expect(await worker.count('partners', 'activated_at = stage_changed_at and id = ?', one.id)).toBe(1)
  const { items } = await (await our.call('GET', `/${two.id}/activity`)).json<{ items: Activity[] }>()
  expect(items).toMatchObject([{ kind: 'edit', fields: ['managerId', 'stage', 'tags', 'tier'] }])
  const tagged = await (await our.call('GET', '?tag=new&stage=active&tier=gold')).json<PartnerPage>()
  expect(tagged.total).toBe(2)
})

test('what scoring reads makes scores due, anything else does not', async () => {
  const { id } = await our.add()
  await worker.drain()
  await our.edit({ ids: [id], set: { addTags: ['x'], managerId: await memberIdOf(our.org.owner) } })
  expect(worker.queued).toEqual([])
  await our.edit({ ids: [id], set: { stage: 'qualified' } })
  expect(worker.queued).toMatchObject([{ kind: 'score-partners', partnerIds: [id] }])
  await worker.drain()
  expect(await worker.count('partners', 'id = ? and score_due_at > ?', id, Date.now())).toBe(1)
})

test('who has all of it already stays as they are, and counts as updated', async () => {
  const [one, two] = [await our.add({ stage: 'qualified', tags: ['a'] }), await our.add()]
  await worker.drain()
  const { updated, undo: token } = await our.edit({
    ids: [one.id, two.id],
    set: { stage: 'qualified', addTags: ['a'] },
  })
  expect(updated).toBe(2)
  expect((await our.partner(one.id)).version).toBe(1)
  expect((await our.partner(two.id)).version).toBe(2)
  expect(worker.queued).toMatchObject([{ partnerIds: [two.id] }])
  expect(await (await our.undo(token.id)).json()).toMatchObject({ restored: 1, skipped: 0 })
})

test('a tier given to many is the tier of that level in the track of each; null returns them', async () => {
  const tier = await env.DB.prepare(
    "select id, track_id from program_tiers where org_id = ? and level = 'silver' order by id limit 1",
  )
    .bind(our.org.id)
    .first<{ id: string; track_id: string }>()
  const [one, two] = await our.plant(2)
  await env.DB.prepare('update partners set track_id = ? where id = ?').bind(tier?.track_id, one).run()
  await our.edit({ ids: [one, two], set: { tier: 'silver' } })
  expect(await our.partner(one ?? '')).toMatchObject({ tier: 'silver', programTierId: tier?.id })
  expect(await our.partner(two ?? '')).toMatchObject({ tier: 'silver', programTierId: null })
  await our.edit({ ids: [one, two], set: { tier: null } })
  expect(await our.partner(one ?? '')).toMatchObject({
    tier: null,
    tierSource: 'auto',
    programTierId: null,
    trackId: tier?.track_id,
    tierDetail: { by: null, at: null },
  })
})

test('1,001 partners are too many for one list of ids, and 1,000 are not', async () => {
  const ids = await our.plant(1_001)
  for (const [path, body] of [
    ['/bulk', { set: { stage: 'active' } }],
    ['/delete', {}],
  ] as const) {
    const answer = await our.call('POST', path, { ids, ...body })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/ids' }] })
  }
  const set = { stage: 'active', addTags: ['many'] }
  const { result, trips, written } = await costOf(() => our.edit({ ids: ids.slice(1), set }))
  expect([result.updated, trips]).toEqual([1_000, 1])
  expect(written).toBeLessThan(40_000)
  expect(worker.queued.map((job) => job.kind === 'score-partners' && job.partnerIds.length)).toEqual(
    Array.from({ length: 10 }, () => 100),
  )
  const taken = await costOf(async () => (await our.undo(result.undo.id)).json<BulkUndone>())
  expect(taken.result).toEqual({ restored: 1_000, skipped: 0, remaining: 0 })
  expect(taken.trips).toBe(2)
  const deleted = await costOf(() => our.call('POST', '/delete', { ids: ids.slice(1) }))
  expect(deleted.trips).toBe(1)
  expect(await deleted.result.json()).toEqual({ deleted: 1_000, remaining: 0 })
  expect(await worker.count('partners', 'org_id = ?', our.org.id)).toBe(1)
  expect(await worker.count('audit_log', "org_id = ? and action = 'partner.delete'", our.org.id)).toBe(1_000)
})

test('one foreign or unknown id among many, and nothing is done', async () => {
  const ids = await our.plant(3)
  const others = await Directory.found(worker)
  const [id = ''] = await others.plant(1)
  const before = await dump()
  for (const other of [id, 'prt_00000000000000000000000000'])
    for (const [path, body] of [
      ['/bulk', { set: { stage: 'active', addTags: ['x'] } }],
      ['/delete', {}],
    ] as const)
      expect((await our.call('POST', path, { ids: [...ids, other], ...body })).status).toBe(404)
  expect(await dump()).toEqual(before)
})

test('a manager of another organisation, and a tag too many, and nothing is done', async () => {
  const other = await Directory.found(worker)
  const tags = Array.from({ length: 49 }, (_, at) => `tag ${at}`)
  const [one, two] = [await our.add({ tags }), await our.add()]
  const before = await dump()
  const ids = [one.id, two.id]
  const managed = await our.call('POST', '/bulk', {
    ids,
    set: { managerId: await memberIdOf(other.org.owner) },
  })
  expect(managed.status).toBe(422)
  expect(await managed.json()).toMatchObject({ errors: [{ pointer: '/set/managerId' }] })
  const crowded = await our.call('POST', '/bulk', { ids, set: { addTags: ['a', 'b'], stage: 'active' } })
  expect(crowded.status).toBe(422)
  expect(await crowded.json()).toMatchObject({
    errors: [{ pointer: '/set/addTags', detail: 'One of the partners would have more than 50 tags.' }],
  })
  expect(await dump()).toEqual(before)
  await our.edit({ ids, set: { addTags: ['a', 'b'], removeTags: ['tag 0'] } })
  expect((await our.partner(one.id)).tags).toHaveLength(50)
})

test.each([
  ['neither ids nor a filter', { set: { stage: 'active' } }, '/ids'],
  ['both', { ids: ['prt_00000000000000000000000000'], filter: {}, expected: 1 }, '/ids'],
  ['a filter without a number', { filter: {} }, '/expected'],
  ['nothing to set', { filter: {}, expected: 0, set: {} }, '/set'],
  [
    'a tag that comes and goes',
    { filter: {}, expected: 0, set: { addTags: ['a'], removeTags: ['a'] } },
    '/set/addTags/0',
  ],
  ['a cursor without a filter', { ids: ['prt_00000000000000000000000000'], cursor: 'x' }, '/cursor'],
  ['a forged cursor', { filter: {}, expected: 0, cursor: 'x' }, '/cursor'],
  ['a filter that is not known', { filter: { color: ['red'] }, expected: 0 }, '/filter/color'],
])('a body with %s is refused where it is wrong', async (_, body, pointer) => {
  const answer = await our.call('POST', '/bulk', { set: { stage: 'active' }, ...body })
  expect(answer.status).toBe(422)
  const { errors } = await answer.json<{ errors: { pointer: string; detail: string }[] }>()
  expect(errors.map((each) => each.pointer)).toEqual([pointer])
  expect(errors[0]?.detail).not.toMatch(/invalid|expected [a-z]+,/i)
})

test('all that match a filter are edited, and no others, if they are as many as expected', async () => {
  const [one, two, three] = [
    await our.add({ region: 'nordics', tags: ['x'] }),
    await our.add({ region: 'nordics' }),
    await our.add({ tags: ['x'] }),
  ]
  const set = { stage: 'scaling' }
  const filter = { region: ['nordics'], tag: ['x', 'y'] }
  const wrong = await our.call('POST', '/bulk', { filter, expected: 2, set })
  expect(wrong.status).toBe(409)
  expect(await wrong.json()).toMatchObject({ type: '/problems/expected', actual: 1 })
  const { result, trips } = await costOf(() => our.edit({ filter, expected: 1, set }))
  expect(result).toMatchObject({ updated: 1, remaining: 0, nextCursor: null })
  expect(trips).toBe(2)
  const stages = await Promise.all([one, two, three].map(async ({ id }) => (await our.partner(id)).stage))
  expect(stages).toEqual(['scaling', 'prospect', 'prospect'])
  expect(await our.edit({ filter: { stage: ['dormant'] }, expected: 0, set })).toMatchObject({ updated: 0 })
})

test('the filter knows who asks, and what they searched for', async () => {
  const managerId = await memberIdOf(our.org.owner)
  const { id } = await our.add({ name: 'Quixotic', managerId })
  await our.add({ name: 'Quixotic too' })
  await our.add({ managerId })
  await our.edit({ filter: { search: 'quix', manager: ['me'] }, expected: 1, set: { addTags: ['mine'] } })
  const { items } = await (await our.call('GET', '?tag=mine')).json<PartnerPage>()
  expect(items.map((each) => each.id)).toEqual([id])
})

test.each([
  ['whose rows still match', {}, { managerId: null, addTags: ['all'] }],
  ['whose rows match no more', { stage: ['prospect'] }, { stage: 'active', addTags: ['all'] }],
])('an edit of 1,300 partners %s goes on call by call, and is undone as one', async (_, filter, set) => {
  await our.plant(1_300)
  const calls: BulkEdited[] = []
  for (let expected = 1_300, cursor: string | null = null; calls.length < 5; ) {
    const last = calls.at(-1)
    const more = last ? { cursor, undo: last.undo.id } : {}
    const answer = await our.edit({ filter, expected, set, ...more })
    calls.push(answer)
    expected = answer.remaining
    cursor = answer.nextCursor
    if (cursor === null) break
  }
  expect(calls.map(({ updated, remaining }) => [updated, remaining])).toEqual([
    [1_000, 300],
    [300, 0],
  ])
  expect(new Set(calls.map((each) => each.undo.id)).size).toBe(1)
  expect(await worker.count('partner_tags', "org_id = ? and tag = 'all'", our.org.id)).toBe(1_300)
  const undone: BulkUndone[] = []
  do undone.push(await (await our.undo(calls[0]?.undo.id ?? '')).json<BulkUndone>())
  while (undone.at(-1)?.remaining)
  expect(undone.map(({ restored, skipped }) => [restored, skipped])).toEqual([
    [1_000, 0],
    [300, 0],
  ])
  expect(
    await worker.count('partners', "org_id = ? and tags = '[]' and stage = 'prospect'", our.org.id),
  ).toBe(1_300)
})

test('a viewer edits none; a manager edits and undoes, and deletes none; strangers undo nothing', async () => {
  const [viewer, manager] = [
    await enlist(worker, our.org, 'viewer'),
    await enlist(worker, our.org, 'manager'),
  ]
  const ids = await our.plant(2)
  const body = { ids, set: { stage: 'active' } }
  expect((await our.call('POST', '/bulk', body, viewer)).status).toBe(403)
  expect((await our.call('POST', '/delete', { ids }, viewer)).status).toBe(403)
  expect((await our.call('POST', '/delete', { ids }, manager)).status).toBe(403)
  const answer = await our.call('POST', '/bulk', body, manager)
  const { undo: token } = await answer.json<BulkEdited>()
  const other = await Directory.found(worker)
  expect((await our.undo(token.id, other.org.owner)).status).toBe(404)
  expect((await our.undo(token.id, viewer)).status).toBe(403)
  expect((await our.undo(token.id, manager)).status).toBe(200)
  expect((await our.call('POST', '/delete', { ids }, await enlist(worker, our.org, 'admin'))).status).toBe(
    200,
  )
})

test('all who need attention are chosen, and nobody else', async () => {
  const [low, well] = [await our.add(), await our.add()]
  await worker.drain()
  const health = env.DB.prepare('update partners set health = ? where id = ?')
  await env.DB.batch([health.bind(20, low.id), health.bind(90, well.id)])
  const { updated } = await our.edit({
    filter: { attention: ['yes'] },
    expected: 1,
    set: { stage: 'at-risk' },
  })
  expect(updated).toBe(1)
  expect([(await our.partner(low.id)).stage, (await our.partner(well.id)).stage]).toEqual([
    'at-risk',
    'prospect',
  ])
})
