import {
  ATTENTION,
  BANDS,
  CREATED,
  FILTER_NAMES,
  GROUPINGS,
  PARTNER_SORTS,
  PARTNER_TYPES,
  REGIONS,
  STAGES,
  STATUSES,
  TIERS,
} from '#worker/partners/terms.ts'
import type { ViewDefinition } from '#worker/views/schema.ts'

export type Filters = ViewDefinition['filters']
export type FilterName = keyof Filters

/** Every column after the name, in the order of display: scores stand in sight where not all columns do. */
export const COLUMN_KEYS = [
  'domain',
  'type',
  'tier',
  'status',
  'stage',
  'fit',
  'health',
  'region',
  'manager',
  'tags',
  'created',
  'updated',
] as const
export type ColumnKey = (typeof COLUMN_KEYS)[number]

/** What the table shows: which partners, in which order, by what grouped, with which columns. */
export interface Definition extends ViewDefinition {
  columns: ColumnKey[]
}

/** All that the address of the directory holds. */
export interface DirectoryState {
  /** The view that it began with; null where the address names none. */
  view: string | null
  definition: Definition
  /** Keys of the groups that are folded away. */
  closed: readonly string[]
}

/** Everybody by name, with all columns. */
export const EVERYBODY: Definition = {
  filters: {},
  search: '',
  sort: 'name',
  groupBy: null,
  columns: [...COLUMN_KEYS],
}

const ULID = '[0-9a-z]{26}'
const among = (values: readonly string[]) => (value: string) => values.includes(value)
const matching = (pattern: RegExp) => (value: string) => pattern.test(value)

/** Which values a filter takes. */
const VALID: Record<FilterName, (value: string) => boolean> = {
  type: among(PARTNER_TYPES),
  status: among(STATUSES),
  stage: among(STAGES),
  tier: among([...TIERS, 'none']),
  region: among(REGIONS),
  manager: matching(new RegExp(`^(me|none|mbr_${ULID})$`)),
  tag: (value) => value.trim() !== '' && value.length <= 50,
  track: matching(new RegExp(`^(none|trk_${ULID})$`)),
  fit: among(BANDS),
  health: among(BANDS),
  created: among(CREATED),
  attention: among(ATTENTION),
}

const VIEW = new RegExp(`^(all|mine|attention|new|vew_${ULID})$`)
const VALUES_MAX = 100
const SEARCH_MAX = 200
const NO_COLUMNS = 'none'

const oneOf = <T extends string>(values: readonly T[], given: string | null) =>
  values.find((value) => value === given)

/** The directory that an address asks for. What means nothing is left out. */
export function readState(search: string): DirectoryState {
  const query = new URLSearchParams(search)
  const view = query.get('view')
  return {
    view: view !== null && VIEW.test(view) ? view : null,
    closed: [...new Set(query.getAll('closed'))].slice(0, VALUES_MAX),
    definition: tidy({
      filters: Object.fromEntries(FILTER_NAMES.map((name) => [name, query.getAll(name)])),
      search: query.get('search') ?? '',
      sort: oneOf(PARTNER_SORTS, query.get('sort')) ?? 'name',
      groupBy: oneOf(GROUPINGS, query.get('group')) ?? null,
      columns: query.get('columns')?.split(',') ?? [...COLUMN_KEYS],
    }),
  }
}

/** A definition as this page can show it: known values and columns, each once, in the order of display. */
export function tidy({ filters, search, sort, groupBy, columns }: ViewDefinition): Definition {
  const kept = FILTER_NAMES.flatMap((name): [FilterName, string[]][] => {
    const values = [...new Set(filters[name])].filter(VALID[name]).slice(0, VALUES_MAX)
    return values.length > 0 ? [[name, values]] : []
  })
  return {
    filters: Object.fromEntries(kept),
    search: search.slice(0, SEARCH_MAX),
    sort,
    groupBy,
    columns: COLUMN_KEYS.filter((key) => columns.includes(key)),
  }
}

/** The query string, with its question mark, that leads to this state; empty for everybody by name. */
export function writeState({ view, definition, closed }: DirectoryState): string {
  const query = new URLSearchParams()
  if (view !== null) query.set('view', view)
  if (definition.search !== '') query.set('search', definition.search)
  for (const name of FILTER_NAMES)
    for (const value of definition.filters[name] ?? []) query.append(name, value)
  if (definition.sort !== 'name') query.set('sort', definition.sort)
  if (definition.groupBy !== null) query.set('group', definition.groupBy)
  if (definition.columns.length < COLUMN_KEYS.length)
    query.set('columns', definition.columns.join(',') || NO_COLUMNS)
  if (definition.groupBy !== null) for (const key of closed) query.append('closed', key)
  // Commas need no escape in a query, and read better without.
  const text = query.toString().replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

/** Whether two definitions show the same table; the order in which values were chosen does not count. */
export const isSame = (one: ViewDefinition, other: ViewDefinition) => keyOf(one) === keyOf(other)

function keyOf(definition: ViewDefinition): string {
  const { filters, ...rest } = tidy(definition)
  const sorted = FILTER_NAMES.map((name) => [name, filters[name]?.toSorted()])
  return JSON.stringify([sorted, rest.search.trim(), rest.sort, rest.groupBy, rest.columns])
}

/** What the list and the groups are asked for. */
export function queryOf({ filters, search }: Pick<Definition, 'filters' | 'search'>) {
  const wanted = search.trim()
  return { ...filters, ...(wanted === '' ? {} : { search: wanted }) }
}

export const isNarrowed = ({ filters, search }: Definition) =>
  search.trim() !== '' || Object.keys(filters).length > 0

/** The definition with other values of one filter; without any, the filter is gone. */
export function withFilter<T extends Definition>(
  definition: T,
  name: FilterName,
  values: readonly string[],
): T {
  const { [name]: _, ...others } = definition.filters
  return { ...definition, filters: values.length > 0 ? { ...others, [name]: [...values] } : others }
}
