/**
 * `npm run bench [-- --quick]`: the built Worker over HTTP, beside a bare Worker that does only what each work cannot do
 * without. Times are worth something as ratios within one run; counts and sizes are exact.
 */
import { buildIfChanged } from '#local/build.ts'
import { freePort } from '#local/ports.ts'
import { coldStarts } from './cold.ts'
import { startCounted } from './counted/server.ts'
import type { Counts } from './counted/worker.ts'
import { Client } from './http.ts'
import { cpuMs, type Effort, interleaved, samplesOf, throughput } from './measure.ts'
import { pageReads } from './reads.ts'
import { Bench, LARGE, prepareDirectories, type Rig, type Side, SMALL } from './rig.ts'
import { scoreAgain, scoreVisible } from './scoring.ts'
import { sizes } from './sizes.ts'
import { type Line, shareOf, table } from './table.ts'
import { type Figures, judge, number } from './targets.ts'
import { told, typing } from './typing.ts'
import { CREATE, FORM, GROUPS, LIST, landmarksOf, SUBMIT, searchBy, type Work, worksOf } from './works.ts'

const quick = process.argv.includes('--quick')
const EFFORT: Effort = quick ? { rounds: 300, ms: 2_500 } : { rounds: 2_000, ms: 15_000 }
const LOAD_MS = quick ? 600 : 4_000
const CONNECTIONS = 16
/** In which the score of a partner that was created or edited is computed. */
const SCORING_REST_MS = 25
const started = performance.now()
const say = (line: string) => console.error(`${Math.round((performance.now() - started) / 1_000)} s  ${line}`)

const LARGE_LIST: Work = { ...LIST, name: `${LIST.name} of ${number(LARGE)}` }

const bench = new Bench()
try {
  await main()
} finally {
  await bench.end()
}

async function main() {
  say(`Two directories, ${number(SMALL)} and ${number(LARGE)} partners ...`)
  await buildIfChanged(say)
  await prepareDirectories(bench)
  const { works, lines } = await small()
  const growth = await large()
  lines.splice(1, 0, growth.line)
  const counts = await countAll(works)
  for (const line of lines) Object.assign(line, { counts: counts.get(line.work) })
  say('Rows read by pages ...')
  const reads = await pageReads(bench, freePort)
  const again = await scoring()
  say('Cold starts ...')
  const cold = await coldStarts({ rounds: quick ? 10 : 40, ms: 20_000 })
  print(lines, growth.ratios, again, cold.app.p50 - cold.bare.p50)
  console.log(`\n${told(growth.typed)}`)
  console.log(
    `\nRows read by a second page of 50, at ${number(SMALL)} and ${number(LARGE)}:\n${reads.join('\n')}`,
  )
}

function clientOf({ url, headers }: Side, connections: number) {
  return new Client(url, connections, headers)
}

async function small() {
  const rig = await bench.start('small')
  const reader = clientOf(rig.app, 1)
  const works = worksOf(rig.owner, await landmarksOf(reader), bench.form)
  reader.close()
  const lines: Line[] = []
  for (const work of works) lines.push(await measure(rig, work))
  say('Score visible ...')
  lines.push({ work: 'score visible', app: await scoreVisible(rig.app, quick ? 25 : 200) })
  await bench.stop()
  return { works, lines }
}

/** One work: by turns with the floor over one connection each, then alone over many. */
async function measure(rig: Rig, work: Work): Promise<Line> {
  say(`${work.name} ...`)
  const [app, floor] = [clientOf(rig.app, 1), clientOf(rig.floor, 1)]
  const turns = [() => app.expect(work.app()), () => floor.expect(work.floor())]
  const restMs = work.scores ? SCORING_REST_MS : 0
  await interleaved({ rounds: EFFORT.rounds / 5, ms: EFFORT.ms / 5 }, turns, restMs)
  const [own, bare] = await interleaved(EFFORT, turns, restMs)
  const [many, manyBare] = [clientOf(rig.app, CONNECTIONS), clientOf(rig.floor, CONNECTIONS)]
  const loads = [
    () => many.expect(work.app()),
    ...(work.loadsFloor ? [() => manyBare.expect(work.floor())] : []),
  ]
  const before = cpuMs(rig.app.pid())
  const [load, floorLoad] = await throughput(CONNECTIONS, LOAD_MS, loads)
  const used = cpuMs(rig.app.pid()) - before
  for (const client of [app, floor, many, manyBare]) client.close()
  if (!own || !bare || !load) throw new Error('Nothing was measured.')
  return {
    work: work.name,
    app: own,
    floor: bare,
    perSecond: load.perSecond,
    floorPerSecond: floorLoad?.perSecond,
    cpuMs: used / load.done,
  }
}

/** The same reads in the small and the large directory, by turns: how much slower is the large one? */
async function large() {
  const [few, many] = [await bench.start('small'), await bench.start('large')]
  const [one, other] = [clientOf(few.app, 1), clientOf(many.app, 1)]
  const ratios = new Map<string, number>()
  for (const work of [LIST, GROUPS, searchBy(bench.owner)]) {
    say(`${work.name}, small and large ...`)
    const turns = [() => one.expect(work.app()), () => other.expect(work.app())]
    await interleaved({ rounds: EFFORT.rounds / 5, ms: EFFORT.ms / 5 }, turns)
    const [at10k, at100k] = await interleaved(EFFORT, turns)
    ratios.set(work.name, (at100k?.p50 ?? Number.NaN) / (at10k?.p50 ?? Number.NaN))
  }
  for (const client of [one, other]) client.close()
  const line = await measure(many, LARGE_LIST)
  say('Typing in search ...')
  const typed = await typing(many.page, bench.owner, quick ? 3 : 20)
  await bench.stop()
  return { line, ratios, typed }
}

async function countAll(works: readonly Work[]) {
  say('Counts ...')
  const counts = new Map<string, Counts>()
  for (const [state, some] of [
    ['small', works],
    ['large', [LARGE_LIST]],
  ] as const) {
    const counted = await startCounted(await freePort(), bench.dataDir, state)
    const client = new Client(counted.url, 1, { Origin: counted.origin, Cookie: bench.owner.cookie })
    for (const work of some) {
      await client.expect(work.app())
      await counted.counts()
      await client.expect(work.app())
      counts.set(work.name, (await counted.counts()).fetch)
    }
    client.close()
    await counted.stop()
  }
  return counts
}

/** Three times, since the first also inserts what later ones replace; the middle one counts. */
async function scoring() {
  say(`Scoring ${number(SMALL)} partners three times ...`)
  const counted = await startCounted(await freePort(), bench.dataDir, 'small')
  const runs = []
  for (let round = 0; round < 3; round++) runs.push(await scoreAgain(counted, bench.owner.orgId, SMALL))
  await counted.stop()
  return {
    perSecond: SMALL / (samplesOf(runs.map(({ ms }) => ms)).p50 / 1_000),
    recomputeMs: samplesOf(runs.map(({ recomputeMs }) => recomputeMs)).p50,
    roundTrips: Math.max(...runs.map(({ roundTripsPerBatch }) => roundTripsPerBatch)),
  }
}

function print(
  lines: readonly Line[],
  growth: ReadonlyMap<string, number>,
  again: Awaited<ReturnType<typeof scoring>>,
  coldMs: number,
) {
  const line = (name: string) => lines.find(({ work }) => work === name)
  const ratio = (name: string) => (line(name)?.app.p50 ?? Number.NaN) / (line(name)?.floor?.p50 ?? Number.NaN)
  const counts = (name: string) => line(name)?.counts
  const search = searchBy(bench.owner)
  const slower = ({ name }: Work) => growth.get(name) ?? Number.NaN
  const writes = [CREATE.name, SUBMIT, 'edit a partner', 'sign in']
  const reads = lines.filter(({ work, counts }) => counts && !writes.includes(work))
  const { worker, cold, admin } = sizes()
  const figures: Figures = {
    'list, p50 / floor': ratio(LIST.name),
    'create, p50 / floor': ratio(CREATE.name),
    'submit, p50 / floor': ratio(SUBMIT),
    'search, p50 / floor': ratio(search.name),
    'groups, p50 / floor': ratio(GROUPS.name),
    'list, p50 at 100,000 / at 10,000': slower(LIST),
    'groups, p50 at 100,000 / at 10,000': slower(GROUPS),
    'search, p50 at 100,000 / at 10,000': slower(search),
    'public form, per s / floor': shareOf(line(FORM)),
    'D1 round trips of a read': Math.max(...reads.map(({ counts }) => counts?.roundTrips ?? Number.NaN)),
    'D1 round trips of a create': counts(CREATE.name)?.roundTrips ?? Number.NaN,
    'D1 round trips of a submit': counts(SUBMIT)?.roundTrips ?? Number.NaN,
    'D1 round trips of a sign-in': counts('sign in')?.roundTrips ?? Number.NaN,
    'list of 50, rows read at 10,000': counts(LIST.name)?.rowsRead ?? Number.NaN,
    'list of 50, rows read at 100,000': counts(LARGE_LIST.name)?.rowsRead ?? Number.NaN,
    'groups, rows read at 10,000': counts(GROUPS.name)?.rowsRead ?? Number.NaN,
    'create, rows written': counts(CREATE.name)?.rowsWritten ?? Number.NaN,
    'submit with one alert, rows written': counts(SUBMIT)?.rowsWritten ?? Number.NaN,
    'score visible, p50': line('score visible')?.app.p50 ?? Number.NaN,
    'scoring, jobs per second': again.perSecond,
    'scoring, D1 round trips per 100': again.roundTrips,
    'recompute of 10,000': again.recomputeMs,
    'Worker, gzip': worker,
    'evaluated by a cold API request, gzip': cold,
    'cold start, p50 beyond a bare Worker': coldMs,
    'admin script to the partner table, brotli': admin,
  }
  const foot = `
p50 and p99: plain samples over one connection, by turns with the floor (a bare Worker with one D1 statement, or none);
after what makes a score due there is a rest, in which it is computed.
per s and CPU ms: ${CONNECTIONS} connections; CPU of the whole runtime per request, with the scoring that a create causes;
x per s, of the floor's, by turns with it.
D1: one request each, counted in a second run whose D1 binding counts; sessions and roles are proved in them.
`
  console.log(`\n${table(lines)}\n${foot}\n${judge(figures).join('\n')}`)
}
