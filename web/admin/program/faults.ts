import type { Failure } from '#web/ui/place-errors.ts'
import { kindOf, numberIn, type RuleDraft, type TierDraft, type TrackDraft, type Tracks } from './draft.ts'

/** What is wrong, by place: the key of a track, tier or rule, and its field. */
export type Faults = Readonly<Record<string, string>>

export const placeOf = (key: string, field: string) => `${key}/${field}`

/** Whether anything of a track or tier itself, or of a rule of the tier, is wrong. */
export const isFaulty = (faults: Faults, keys: readonly string[]) =>
  Object.keys(faults).some((place) => keys.some((key) => place.startsWith(`${key}/`)))

export const keysOf = ({ key, rules }: TierDraft) => [key, ...rules.map((rule) => rule.key)]

/** Of two faults at one place, the first; what belongs to no place joins the message, so that nothing said is lost. */
export function placed(tracks: Tracks, { message, errors }: Failure): { faults: Faults; message: string } {
  const faults: Record<string, string> = {}
  const homeless: string[] = []
  for (const { pointer, detail } of errors) {
    const place = placeAt(tracks, pointer.split('/').slice(1))
    if (place === null) homeless.push(detail)
    else faults[place] ??= detail
  }
  const isSaidAtFields = Object.keys(faults).length > 0 && homeless.length === 0
  return { faults, message: isSaidAtFields ? '' : [message, ...homeless].filter(Boolean).join(' ') }
}

/** `/tracks/0/tiers/1/rules/2/value/0` is the value of that rule. */
function placeAt(tracks: Tracks, [root, ...path]: readonly string[]): string | null {
  const track = root === 'tracks' ? tracks[Number(path[0])] : undefined
  // Nobody sees an id.
  if (!track || path.at(-1) === 'id') return null
  if (path[1] !== 'tiers') return placeOf(track.key, path[1] ?? 'name')
  const tier = path[2] === undefined ? undefined : track.tiers[Number(path[2])]
  if (!tier) return placeOf(track.key, 'tiers')
  if (path[3] !== 'rules') return placeOf(tier.key, path[3] ?? 'name')
  const rule = path[4] === undefined ? undefined : tier.rules[Number(path[4])]
  if (!rule) return placeOf(tier.key, 'rules')
  return placeOf(rule.key, path[5] ?? 'value')
}

type Found = Failure['errors']

/** What can be seen to be wrong before anything is sent. The rest is for the server to judge. */
export const visiblyWrong = (tracks: Tracks): Found =>
  tracks.flatMap((track, at) => [
    ...wrongInTrack(track, `/tracks/${at}`),
    ...track.tiers.flatMap((tier, rung) => wrongInTier(tier, `/tracks/${at}/tiers/${rung}`)),
  ])

const found = (isWrong: boolean, pointer: string, detail: string): Found =>
  isWrong ? [{ pointer, detail }] : []

function wrongInTrack({ name, types, graceDays }: TrackDraft, at: string): Found {
  const days = numberIn(graceDays)
  return [
    ...found(name.trim() === '', `${at}/name`, 'Enter a name.'),
    ...found(types.length === 0, `${at}/types`, 'Choose a partner type.'),
    ...found(!Number.isInteger(days), `${at}/graceDays`, 'Enter a whole number of days.'),
  ]
}

const wrongInTier = ({ name, rules }: TierDraft, at: string): Found => [
  ...found(name.trim() === '', `${at}/name`, 'Enter a name.'),
  ...rules.flatMap((rule, index) => wrongInRule(rule, `${at}/rules/${index}/value`)),
]

function wrongInRule({ metric, op, low, high, chosen }: RuleDraft, at: string): Found {
  if (kindOf(metric) !== 'number') return found(chosen.length === 0, at, 'Choose at least one.')
  const from = numberIn(low)
  if (op !== 'between') return found(from === null, at, 'Enter a number.')
  const to = numberIn(high)
  if (from === null || to === null) return [{ pointer: at, detail: 'Enter two numbers.' }]
  return found(from > to, at, 'The first number is the smaller one.')
}
