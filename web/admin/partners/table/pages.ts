import type { InfiniteData } from '@tanstack/preact-query'
import { folded } from '#web/ui/folded.ts'
import type { PartnerPage, PartnerRow } from '#worker/partners/schema.ts'

export type Pages = InfiniteData<PartnerPage, unknown>

/** All rows read so far. A row that was placed by hand and then read again with its page stands once. */
export function rowsOf(pages: Pages | undefined): PartnerRow[] {
  const rows = new Map<string, PartnerRow>()
  for (const page of pages?.pages ?? [])
    for (const row of page.items) if (!rows.has(row.id)) rows.set(row.id, row)
  return [...rows.values()]
}

/** The rows as they are now, in place of what they were. */
export function withNewer(pages: Pages, newer: readonly PartnerRow[]): Pages {
  const byId = new Map(newer.map((row) => [row.id, row]))
  const items = (page: PartnerPage) => page.items.map((row) => byId.get(row.id) ?? row)
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: items(page) })) }
}

/** Without these rows; how many match is asked anew. */
export const withoutRows = (pages: Pages, ids: ReadonlySet<string>): Pages => ({
  ...pages,
  pages: pages.pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => !ids.has(id)) })),
})

/**
 * Puts a new row where the order by name wants it. When its place lies beyond what has been read so far, it stands at
 * the top until then, because the person who added it expects to see it.
 */
export function withAdded(pages: Pages, row: PartnerRow): Pages {
  const known = pages.pages.flatMap((page) => page.items)
  if (known.some(({ id }) => id === row.id)) return withNewer(pages, [row])
  const last = pages.pages.length - 1
  const at = pages.pages.findIndex((page) => page.items.some((other) => comesBefore(row, other)))
  const isBeyond = at < 0 && pages.pages[last]?.nextCursor != null
  const home = isBeyond ? 0 : at < 0 ? last : at
  const placed = (page: PartnerPage, index: number): PartnerPage => ({
    ...page,
    items: index === home ? insert(page.items, row, isBeyond) : page.items,
    total: page.total === null ? null : page.total + 1,
  })
  return { ...pages, pages: pages.pages.map(placed) }
}

function insert(items: PartnerRow[], row: PartnerRow, first: boolean) {
  const found = first ? 0 : items.findIndex((other) => comesBefore(row, other))
  return items.toSpliced(found < 0 ? items.length : found, 0, row)
}

/** Only the first page: coming back, one begins at the top, and only that is read anew. */
export const onlyFirst = ({ pages, pageParams }: Pages): Pages => ({
  pages: pages.slice(0, 1),
  pageParams: pageParams.slice(0, 1),
})

const comesBefore = (a: PartnerRow, b: PartnerRow) => {
  const [left, right] = [folded(a.name), folded(b.name)]
  return left === right ? a.id < b.id : left < right
}
