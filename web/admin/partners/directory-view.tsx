import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { useMedia } from '#web/ui/use-media.ts'
import { useRowWindow } from '#web/ui/use-row-window.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import type { usePartners } from './directory.ts'
import { PartnersList } from './partners-list.tsx'
import { PartnersTable } from './partners-table.tsx'
import { useFreshRows } from './use-fresh-rows.ts'
import { useRowKeys } from './use-row-keys.ts'

export const NARROW = '(width < 40rem)'
/** Heights as the style sheet has them. */
const ROW_REM = 2.5
const LIST_ITEM_REM = 4
/** Rows that may be left below before the next page is asked for. */
const AHEAD = 40

export interface RowsProps {
  rows: readonly PartnerRow[]
  from: number
  to: number
  /** Pixels that the rows before and after take up. */
  before: number
  after: number
  total: number | null
  freshId: string | null
}

interface Props {
  list: ReturnType<typeof usePartners>
  rows: readonly PartnerRow[]
  /** The partner added last: shown and focused once it stands in the list. */
  freshId: string | null
}

/** The rows that are in sight, drawn as a table or, on narrow screens, as a list. */
export function DirectoryView({ list, rows, freshId }: Props) {
  const narrow = useMedia(NARROW)
  const view = useRowWindow(rows.length, narrow ? LIST_ITEM_REM : ROW_REM)
  const { from, to, box, reveal } = view
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list
  const goTo = useRowKeys(rows, box, reveal)
  useFreshRows(rows.slice(from, to))

  const endNears = hasNextPage && to > rows.length - AHEAD
  useEffect(() => {
    if (endNears && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [endNears, isFetching, isFetchNextPageError, fetchNextPage])

  const [shownId, setShownId] = useState<string | null>(null)
  useLayoutEffect(() => {
    if (freshId === null || freshId === shownId) return
    const index = rows.findIndex(({ id }) => id === freshId)
    if (index < 0) return
    goTo(index)
    setShownId(freshId)
  }, [freshId, shownId, rows, goTo])

  const Rows = narrow ? PartnersList : PartnersTable
  const total = list.data?.pages[0]?.total ?? null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={box} class="rows-box" aria-label="All partners" tabIndex={0}>
      <Rows {...view} rows={rows} total={total} freshId={freshId} />
      {isFetchNextPageError && (
        <p class="rows-end" role="alert">
          {explain(list.error).message} <Button onClick={() => void fetchNextPage()}>Try again</Button>
        </p>
      )}
      {hasNextPage && !isFetchNextPageError && (
        <p class="rows-end muted" aria-busy="true">
          Loading more…
        </p>
      )}
    </section>
  )
}
