import { type Definition, type FilterName, type Filters, withFilter } from '#web/admin/partners/definition.ts'
import { useProgram } from '#web/admin/partners/directory.ts'
import { memberOptions } from '#web/admin/partners/names.ts'
import { useKnownTags, useTags } from '#web/admin/partners/tags.ts'
import { formatCount } from '#web/format.ts'
import { useMembers } from '#web/members.ts'
import { explain } from '#web/problem.ts'
import type { Choice } from '#web/ui/picker.tsx'
import type { Member } from '#worker/organizations/schema.ts'
import type { Tags } from '#worker/partners/list-schema.ts'
import type { Program } from '#worker/program/schema.ts'
import { FILTER_LABELS, FIXED_VALUES, type FilterValue } from './filter-labels.ts'

/** The server counts a tag's partners so far. */
const TAG_COUNT_MAX = 100

/** Filters whose values are the organisation's own, and come and go. */
export const OWN: readonly FilterName[] = ['manager', 'track', 'tag']

/** What a filter can be set to, once it is read, and why there is nothing to choose from. */
export function useFilterValues(name: FilterName, typed = '') {
  const members = useMembers(name === 'manager')
  const program = useProgram(name === 'track')
  const tags = useTags(typed, name === 'tag')
  const fixed = FIXED_VALUES[name]
  const and = (own: readonly Choice[] | undefined, error: Error | null, none?: string) => ({
    values: own || error ? [...fixed, ...(own ?? [])] : undefined,
    failure: own ? none : error ? explain(error).message : undefined,
  })
  if (name === 'manager') return and(managersIn(members.data), members.error)
  if (name === 'track') return and(tracksIn(program.data), program.error)
  if (name !== 'tag') return and([], null)
  const noTags = tags.items.length === 0 ? 'No partner has a tag yet.' : undefined
  return and(tags.isRead ? tags.items.map(choiceOf) : undefined, tags.error, noTags)
}

const managersIn = (members: { items: readonly Member[] } | undefined) =>
  members && memberOptions(members.items)
const tracksIn = (program: Program | undefined) =>
  program?.tracks.map(({ id, name }): FilterValue => ({ value: id, label: name }))
const choiceOf = ({ tag, count }: Tags['items'][number]): Choice => ({
  value: tag,
  label: tag,
  note: count < TAG_COUNT_MAX ? formatCount(count) : `${TAG_COUNT_MAX}+`,
})

/** The values of one filter with those that are set, and the way to set one or no longer. */
export function useFilterChoices(definition: Definition, name: FilterName, typed = '') {
  const { values, failure } = useFilterValues(name, typed)
  const set = definition.filters[name] ?? []
  // What is set and no more there can still be taken away.
  const others = set.filter((value) => values && !values.some((one) => one.value === value))
  const choices = values && [
    ...values.map((one) => ({ ...one, chosen: set.includes(one.value) })),
    ...others.map((value) => ({ value, label: name === 'tag' ? value : 'No longer there', chosen: true })),
  ]
  /** The filters with this value turned. */
  const toggled = (value: string) => {
    const next = set.includes(value) ? set.filter((one) => one !== value) : [...set, value]
    return withFilter(definition, name, next).filters
  }
  return { choices, failure, toggled, count: set.length }
}

/** The values of the filters that are set, as people call them, and those that are no more. */
export function useFilterNames({ manager = [], track = [], tag = [] }: Filters) {
  const members = useMembers(manager.some((value) => value.startsWith('mbr_')))
  const program = useProgram(track.some((value) => value.startsWith('trk_')))
  const tags = useKnownTags(tag)
  const known: Partial<Record<FilterName, readonly FilterValue[] | undefined>> = {
    manager: managersIn(members.data),
    track: tracksIn(program.data),
    tag: tags && [...tags].map((value) => ({ value, label: value })),
  }
  const find = (name: FilterName, value: string) =>
    [...FIXED_VALUES[name], ...(known[name] ?? [])].find((one) => one.value === value)
  const isGone = (name: FilterName, value: string) =>
    OWN.includes(name) && known[name] !== undefined && find(name, value) === undefined
  const labelOf = (name: FilterName, value: string) => {
    if (name === 'tag') return value
    return find(name, value)?.label ?? (isGone(name, value) ? GONE[name] : '…') ?? value
  }
  return { labelOf, isGone }
}

const GONE: Partial<Record<FilterName, string>> = { manager: 'a former member', track: 'a former track' }

/** What of the filters is no more, in words; empty while all is there. */
export function goneInWords(
  filters: Filters,
  isGone: (name: FilterName, value: string) => boolean,
): string[] {
  return OWN.flatMap((name) =>
    (filters[name] ?? [])
      .filter((value) => isGone(name, value))
      .map((value) => (name === 'tag' ? `the tag “${value}”` : (GONE[name] ?? FILTER_LABELS[name]))),
  )
}
