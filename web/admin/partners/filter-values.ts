import { keepPreviousData, useQuery } from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { formatCount } from '#web/format.ts'
import { useMembers } from '#web/members.ts'
import { answerOf, explain } from '#web/problem.ts'
import type { Choice } from '#web/ui/picker.tsx'
import type { FilterName, Filters } from './definition.ts'
import { useProgram } from './directory.ts'
import { FILTER_LABELS, FIXED_VALUES, type FilterValue } from './filter-labels.ts'

/** As many as the server lists; where there are more, it is asked for those that begin as typed. */
const TAGS_MAX = 200
/** The server counts a tag's partners so far. */
const TAG_COUNT_MAX = 100

const useTags = (q: string, enabled: boolean) =>
  useQuery({
    queryKey: ['partners', 'tags', q],
    queryFn: ({ signal }) => answerOf(api.partners.tags.$get({ query: { q } }, { init: { signal } })),
    placeholderData: keepPreviousData,
    enabled,
  })

const OWN: readonly FilterName[] = ['manager', 'track', 'tag']

/** What a filter can be set to. Without a filter, nothing is read. */
export function useFilterValues(name: FilterName | null, typed = '') {
  const members = useMembers(name === 'manager')
  const program = useProgram(name === 'track')
  const all = useTags('', name === 'tag')
  const isLong = (all.data?.items.length ?? 0) >= TAGS_MAX
  const begun = useTags(typed.trim(), name === 'tag' && isLong && typed.trim() !== '')
  const source = { manager: members, track: program, tag: all }
  if (name === null) return { values: undefined, failure: undefined }
  const fixed: readonly Choice[] = FIXED_VALUES[name]
  if (name !== 'manager' && name !== 'track' && name !== 'tag') return { values: fixed, failure: undefined }
  const { error } = source[name]
  if (!source[name].data)
    return { values: error ? fixed : undefined, failure: error ? explain(error).message : undefined }
  if (name === 'manager') return { values: [...fixed, ...namesOf(members.data?.items)], failure: undefined }
  if (name === 'track') return { values: [...fixed, ...namesOf(program.data?.tracks)], failure: undefined }
  const tags = (isLong && typed.trim() !== '' && begun.data ? begun.data : all.data)?.items ?? []
  const values = tags.map(({ tag, count }): Choice => {
    const note = count < TAG_COUNT_MAX ? formatCount(count) : `${TAG_COUNT_MAX}+`
    return { value: tag, label: tag, note }
  })
  return { values, failure: tags.length === 0 ? 'No partner has a tag yet.' : undefined }
}

const namesOf = (items: readonly { id: string; name: string; email?: string }[] | undefined): FilterValue[] =>
  items?.map(({ id, name, email }) => ({ value: id, label: name || email || id })) ?? []

/** The values of the filters that are set, as people call them, and those that are no more. */
export function useFilterNames(filters: Filters) {
  const isOwn = (value: string) => value.startsWith('mbr_') || value.startsWith('trk_')
  const managers = useFilterValues(filters.manager?.some(isOwn) ? 'manager' : null).values
  const tracks = useFilterValues(filters.track?.some(isOwn) ? 'track' : null).values
  const tags = useFilterValues(filters.tag ? 'tag' : null).values
  const known: Partial<Record<FilterName, readonly Choice[] | undefined>> = {
    manager: managers,
    track: tracks,
    // Of a longer list, one that is not on it may still be there.
    tag: tags && tags.length < TAGS_MAX ? tags : undefined,
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
