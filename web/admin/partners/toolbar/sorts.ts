import type { ColumnKey } from '#web/admin/partners/definition.ts'
import type { PartnerSort } from '#worker/partners/terms.ts'

type SortField = 'name' | 'tier' | 'fit' | 'health' | 'createdAt' | 'updatedAt'

/** An order of the table with the direction that one expects first, and what the two directions are called. */
interface Sort {
  field: SortField
  label: string
  first: PartnerSort
  rising: string
  falling: string
}

const BY_NAME: Sort = { field: 'name', label: 'Name', first: 'name', rising: 'A to Z', falling: 'Z to A' }
export const SORTS: readonly Sort[] = [
  BY_NAME,
  { field: 'tier', label: 'Tier', first: 'tier', rising: 'Highest first', falling: 'Lowest first' },
  { field: 'fit', label: 'Fit', first: '-fit', rising: 'Lowest first', falling: 'Highest first' },
  { field: 'health', label: 'Health', first: '-health', rising: 'Lowest first', falling: 'Highest first' },
  {
    field: 'createdAt',
    label: 'Created',
    first: '-createdAt',
    rising: 'Oldest first',
    falling: 'Newest first',
  },
  {
    field: 'updatedAt',
    label: 'Updated',
    first: '-updatedAt',
    rising: 'Oldest first',
    falling: 'Newest first',
  },
]

const FIELD_OF_COLUMN: Partial<Record<ColumnKey | 'name', SortField>> = {
  name: 'name',
  tier: 'tier',
  fit: 'fit',
  health: 'health',
  created: 'createdAt',
  updated: 'updatedAt',
}

export const isFalling = (sort: PartnerSort) => sort.startsWith('-')

/** The order with the other direction. */
export const turned = (sort: PartnerSort): PartnerSort => sorted(fieldOf(sort), !isFalling(sort))

export const sorted = (field: SortField, falling: boolean): PartnerSort => (falling ? `-${field}` : field)

export const sortOf = (sort: PartnerSort) => SORTS.find(({ field }) => field === fieldOf(sort)) ?? BY_NAME

const fieldOf = (sort: PartnerSort) =>
  SORTS.map(({ field }) => field).find((field) => sort === field || sort === `-${field}`) ?? 'name'

/** What a press on a column's head does: that order first, then the other way round. Null where there is no order. */
export function sortByColumn(column: ColumnKey | 'name', now: PartnerSort): PartnerSort | null {
  const field = FIELD_OF_COLUMN[column]
  if (!field) return null
  if (fieldOf(now) === field) return turned(now)
  return SORTS.find((one) => one.field === field)?.first ?? null
}

/** How a column stands in the order, as `aria-sort` has it; undefined for columns without an order. */
export function directionOf(column: ColumnKey | 'name', now: PartnerSort) {
  const field = FIELD_OF_COLUMN[column]
  if (!field) return undefined
  if (fieldOf(now) !== field) return 'none'
  return isFalling(now) ? 'descending' : 'ascending'
}
