import { newId } from '#worker/db/ids.ts'
import { AppError, type FieldError } from '#worker/http/errors.ts'
import { problemsOf } from './contradictions.ts'
import type { Program, ProgramEdit, Track } from './schema.ts'
import { rank } from './tiers.ts'

/**
 * The tracks of a body as they would be stored: new ones with an id, the tiers of each highest first, no value twice.
 * @throws `invalid` at each field that cannot be.
 */
export function tracksOf({ tracks }: ProgramEdit): Track[] {
  const errors = problemsOf(tracks)
  if (errors.length > 0) throw new AppError('invalid', { errors: errors.slice(0, ERRORS_MAX) })
  return tracks.map(({ id, types, tiers, ...track }) => ({
    id: id ?? newId('trk'),
    ...track,
    types: [...new Set(types)],
    tiers: tiers
      .map(({ id: tierId, ...tier }) => ({
        id: tierId ?? newId('trt'),
        ...tier,
        rules: tier.rules.map(tidied),
      }))
      .sort((a, b) => rank(a.level) - rank(b.level)),
  }))
}
const ERRORS_MAX = 100

type Rule = Track['tiers'][number]['rules'][number]
const tidied = (rule: Rule): Rule =>
  Array.isArray(rule.value) && rule.op !== 'between' ? { ...rule, value: [...new Set(rule.value)] } : rule

/** Ids that the body names: of tracks, and of tiers with the track that they stand in. */
export function namedIds({ tracks }: ProgramEdit) {
  return {
    tracks: tracks.flatMap(({ id }) => id ?? []),
    tiers: tracks.flatMap(({ id: track = '', tiers }) =>
      tiers.flatMap(({ id }) => (id ? [[track, id]] : [])),
    ),
  }
}

/** Each id of the body that names nothing of this programme, as an error at its place. */
export function unknownIds({ tracks }: ProgramEdit, program: Program): FieldError[] {
  const known = new Map(program.tracks.map((track) => [track.id, new Set(track.tiers.map(({ id }) => id))]))
  return tracks.flatMap(({ id = '', tiers }, at) => [
    ...(id === '' || known.has(id)
      ? []
      : [{ pointer: `/tracks/${at}/id`, detail: 'There is no such track.' }]),
    ...tiers.flatMap((tier, rung) =>
      tier.id === undefined || known.get(id)?.has(tier.id)
        ? []
        : [{ pointer: `/tracks/${at}/tiers/${rung}/id`, detail: 'There is no such tier in this track.' }],
    ),
  ])
}
