import { tracksFor } from '#web/admin/partners/tracks.ts'
import type { Partner, PartnerChange } from '#worker/partners/schema.ts'
import { TIER_LABELS, TIERS } from '#worker/partners/terms.ts'
import type { Program } from '#worker/program/schema.ts'

/** What pins a tier: a level or a programme tier's id, and perhaps why. */
interface Pin {
  choice: string
  reason: string
}

export const writePin = ({ choice, reason }: Pin) => (choice === '' ? '' : JSON.stringify({ choice, reason }))

/** Of the form's text; an empty one leaves the tier to the evaluator. */
export function readPin(value: string): Pin {
  const pin: unknown = value === '' ? null : JSON.parse(value)
  if (typeof pin !== 'object' || pin === null || !('choice' in pin && 'reason' in pin))
    return { choice: '', reason: '' }
  return { choice: String(pin.choice), reason: String(pin.reason) }
}

/** Empty while automatic, so that saving never pins by accident. */
export function pinOf({ tierSource, tier, programTierId, tierDetail }: Partner): string {
  if (tierSource === 'auto') return ''
  return writePin({ choice: programTierId ?? tier ?? '', reason: tierDetail.reason ?? '' })
}

export const isLevel = (choice: string) => TIERS.find((level) => level === choice)

/** The part of a request's body. */
export function tierChange(value: string): Pick<PartnerChange, 'tier' | 'programTierId' | 'tierReason'> {
  const { choice, reason } = readPin(value)
  if (choice === '') return { tier: null }
  const level = isLevel(choice)
  return { ...(level ? { tier: level } : { programTierId: choice }), tierReason: reason.trim() || null }
}

/** What is offered for a type and track: the levels, and below them the programme's own tiers. */
export function tierOptions(tracks: Program['tracks'], type: string, trackId: string) {
  const levels = TIERS.map((level) => ({ value: level, label: TIER_LABELS[level], group: 'Level' }))
  const fitting = tracksFor(tracks, type).filter(({ id }) => trackId === '' || id === trackId)
  const named = fitting.flatMap(({ name: group, tiers }) =>
    tiers.map(({ id, name, level }) => ({ value: id, label: `${name} (${TIER_LABELS[level]})`, group })),
  )
  return [...levels, ...named]
}

interface Standing {
  type: string
  trackId: string
  tier: string
}

/**
 * What follows when one of type, track and tier was changed: a programme tier brings its track along; a track that is not
 * for the type goes; a programme tier of another track leaves its level behind.
 */
export function followed(tracks: Program['tracks'], changed: keyof Standing, now: Standing): Standing {
  const { choice, reason } = readPin(now.tier)
  const home = tracks.find(({ tiers }) => tiers.some(({ id }) => id === choice))
  if (changed === 'tier') return home ? { ...now, trackId: home.id } : now
  const fits = tracksFor(tracks, now.type).some(({ id }) => id === now.trackId)
  const trackId = fits ? now.trackId : ''
  const isHome = home !== undefined && home.id === trackId
  const level = home?.tiers.find(({ id }) => id === choice)?.level
  const tier = level === undefined || isHome ? now.tier : writePin({ choice: level, reason })
  return { ...now, trackId, tier }
}
