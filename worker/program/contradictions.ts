import type { ProgramEdit, Rule } from './schema.ts'
import { choicesOf, METRICS, type Metric, OPS_OF } from './terms.ts'

/** A problem of one field: a JSON pointer into the body, and what to do. */
export interface Problem {
  pointer: string
  detail: string
}

type EditedTrack = ProgramEdit['tracks'][number]
type Values = readonly (number | string)[]

/** Far beyond any revenue, and exact as a number. */
const NUMBER_MAX = 1_000_000_000_000
const PERCENT_MAX = 100
const OF_A_HUNDRED: ReadonlySet<Metric> = new Set<Metric>(['fit', 'health', 'profileCompleteness'])
const TAG_MAX = 50

/** Everything about these tracks that the shape alone does not say; empty when they can be saved. */
export function problemsOf(tracks: readonly EditedTrack[]): Problem[] {
  const ids = [...tracks, ...tracks.flatMap(({ tiers }) => tiers)].flatMap(({ id }) => id ?? [])
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) < at))
  return tracks.flatMap((track, at) => [
    ...problemsOfTrack(track, `/tracks/${at}`, tracks.slice(0, at), twice),
    ...track.tiers.flatMap((tier, rung) =>
      problemsOfRules(tier.rules, track, `/tracks/${at}/tiers/${rung}/rules`),
    ),
  ])
}

function problemsOfTrack(
  track: EditedTrack,
  at: string,
  before: readonly EditedTrack[],
  twice: ReadonlySet<string>,
): Problem[] {
  const problems: Problem[] = []
  const say = (pointer: string, detail: string) => problems.push({ pointer: `${at}${pointer}`, detail })
  if (track.id !== undefined && twice.has(track.id)) say('/id', 'This track is here twice.')
  if (before.some(({ name }) => name.toLowerCase() === track.name.toLowerCase()))
    say('/name', 'Another track has this name.')
  for (const [rung, { id, level }] of track.tiers.entries()) {
    if (id !== undefined && twice.has(id)) say(`/tiers/${rung}/id`, 'This tier is here twice.')
    if (track.tiers.findIndex((tier) => tier.level === level) < rung)
      say(`/tiers/${rung}/level`, 'This track has a tier of this level already.')
  }
  return problems
}

/** Rules that are wrong in themselves; of those that are not, the ones that cannot hold beside those before them. */
function problemsOfRules(rules: readonly Rule[], track: EditedTrack, at: string): Problem[] {
  const problems: Problem[] = []
  const left = new Map<Metric, Left>([['type', { choices: track.types }]])
  for (const [place, rule] of rules.entries()) {
    const wrong = problemOfRule(rule)
    if (wrong) problems.push({ pointer: `${at}/${place}${wrong.pointer}`, detail: wrong.detail })
    else {
      const remaining = narrowed(left.get(rule.metric) ?? {}, rule)
      if (isPossible(remaining)) left.set(rule.metric, remaining)
      else problems.push({ pointer: `${at}/${place}/value`, detail: impossible(rule, left) })
    }
  }
  return problems
}

const impossible = ({ metric, op, value }: Rule, left: ReadonlyMap<Metric, Left>) => {
  if (op === 'between' && Array.isArray(value) && Number(value[0]) > Number(value[1]))
    return 'Put the smaller number first.'
  if (metric === 'type' && left.get('type')?.byRule !== true)
    return 'This track is not for partners of this type.'
  return `No partner can meet this and the rule on ${METRICS[metric].label.toLowerCase()} before it.`
}

function problemOfRule({ metric, op, value }: Rule): Problem | null {
  const { kind } = METRICS[metric]
  const ops: readonly string[] = OPS_OF[kind]
  if (!ops.includes(op))
    return { pointer: '/op', detail: `${METRICS[metric].label} cannot be compared in this way.` }
  if (kind === 'number')
    return op === 'between' ? problemOfRange(metric, value) : problemOfNumber(metric, value, '')
  if (!Array.isArray(value) || value.length === 0)
    return { pointer: '/value', detail: 'Choose one value or more.' }
  return kind === 'tags' ? problemOfTags(value) : problemOfChoices(metric, value)
}

function problemOfRange(metric: Metric, value: Rule['value']): Problem | null {
  if (!Array.isArray(value) || value.length !== 2) return { pointer: '/value', detail: 'Enter two numbers.' }
  for (const [at, each] of value.entries()) {
    const wrong = problemOfNumber(metric, each, `/${at}`)
    if (wrong) return wrong
  }
  return null
}

function problemOfNumber(metric: Metric, value: Rule['value'], at: string): Problem | null {
  const max = OF_A_HUNDRED.has(metric) ? PERCENT_MAX : NUMBER_MAX
  const say = (detail: string) => ({ pointer: `/value${at}`, detail })
  if (typeof value !== 'number') return say('Enter a number.')
  if (value < 0) return say('Enter 0 or more.')
  return value > max ? say(`Enter ${max.toLocaleString('en')} at most.`) : null
}

function problemOfChoices(metric: Metric, value: Values): Problem | null {
  const known = choicesOf(metric)
  const at = value.findIndex((each) => typeof each !== 'string' || !known.includes(each))
  return at === -1 ? null : { pointer: `/value/${at}`, detail: 'Choose one of the values offered.' }
}

function problemOfTags(value: Values): Problem | null {
  const at = value.findIndex((each) => typeof each !== 'string' || each === '' || each.length > TAG_MAX)
  if (at === -1) return null
  const detail = String(value[at]).length > TAG_MAX ? `Use ${TAG_MAX} characters at most.` : 'Enter a tag.'
  return { pointer: `/value/${at}`, detail }
}

/** What the rules so far leave of a metric. Tags exclude nothing: a partner may have all of them. */
interface Left {
  readonly from?: number
  readonly to?: number
  readonly choices?: readonly (number | string)[]
  readonly byRule?: boolean
}

function narrowed(left: Left, { metric, op, value }: Rule): Left {
  if (METRICS[metric].kind === 'tags') return left
  if (Array.isArray(value) && op === 'anyOf') {
    const choices = left.choices?.filter((each) => value.includes(each)) ?? value
    return { choices, byRule: true }
  }
  const [low, high] = Array.isArray(value) ? value : [value, value]
  const from = op === 'lte' ? Number.NEGATIVE_INFINITY : Number(low)
  const to = op === 'gte' ? Number.POSITIVE_INFINITY : Number(high)
  return {
    from: Math.max(left.from ?? from, from),
    to: Math.min(left.to ?? to, to),
  }
}

const isPossible = ({ from, to, choices }: Left) =>
  (from === undefined || to === undefined || from <= to) && choices?.length !== 0
