import type { FilterName, Filters } from '#web/admin/partners/definition.ts'
import { useProgram } from '#web/admin/partners/directory.ts'
import { useKnownTags, useTags } from '#web/admin/partners/tags.ts'
import { formatCount } from '#web/format.ts'
import { useMembers } from '#web/members.ts'
import { explain } from '#web/problem.ts'
import type { Choice } from '#web/ui/picker.tsx'
import { FILTER_LABELS, FIXED_VALUES, type FilterValue } from './filter-labels.ts'

/** The server counts a tag's partners so far. */
const TAG_COUNT_MAX = 100

/** Filters whose values are the organisation's own, and come and go. */
export const OWN: readonly FilterName[] = ['manager', 'track', 'tag']

/** What a filter can be set to. Without a filter, nothing is read. */
export function useFilterValues(name: FilterName | null, typed = '') {
  const members = useMembers(name === 'manager')
  const program = useProgram(name === 'track')
  const tags = useTags(typed, name === 'tag')
  if (name === null) return { values: undefined, failure: undefined }
  const fixed: readonly Choice[] = FIXED_VALUES[name]
  if (name !== 'manager' && name !== 'track' && name !== 'tag') return { values: fixed, failure: undefined }
  const { error, isRead } = {
    manager: { error: members.error, isRead: members.data !== undefined },
    track: { error: program.error, isRead: program.data !== undefined },
    tag: tags,
  }[name]
  if (!isRead)
    return { values: error ? fixed : undefined, failure: error ? explain(error).message : undefined }
  if (name === 'manager') return { values: [...fixed, ...namesOf(members.data?.items)], failure: undefined }
  if (name === 'track') return { values: [...fixed, ...namesOf(program.data?.tracks)], failure: undefined }
  const values = tags.items.map(({ tag, count }): Choice => {
    const note = count < TAG_COUNT_MAX ? formatCount(count) : `${TAG_COUNT_MAX}+`
    return { value: tag, label: tag, note }
  })
  return { values, failure: tags.items.length === 0 ? 'No partner has a tag yet.' : undefined }
}

const namesOf = (items: readonly { id: string; name: string; email?: string }[] | undefined): FilterValue[] =>
  items?.map(({ id, name, email }) => ({ value: id, label: name || email || id })) ?? []

/** The values of the filters that are set, as people call them, and those that are no more. */
export function useFilterNames(filters: Filters) {
  const isOwn = (value: string) => value.startsWith('mbr_') || value.startsWith('trk_')
  const managers = useFilterValues(filters.manager?.some(isOwn) ? 'manager' : null).values
  const tracks = useFilterValues(filters.track?.some(isOwn) ? 'track' : null).values
  const tags = useKnownTags(filters.tag ?? [])
  const known: Partial<Record<FilterName, readonly Choice[] | undefined>> = {
    manager: managers,
    track: tracks,
    tag: tags && [...tags].map((tag) => ({ value: tag, label: tag })),
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
