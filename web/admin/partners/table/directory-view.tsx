import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { RowMenu } from '#web/admin/partners/bulk/row-menu.tsx'
import type { Selecting } from '#web/admin/partners/bulk/use-selection.ts'
import { queryOf } from '#web/admin/partners/definition.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { useNarrow } from '#web/admin/partners/use-narrow.ts'
import { deferred } from '#web/ui/deferred.tsx'
import { useRowWindow } from '#web/ui/use-row-window.ts'
import { useSlices } from '#web/ui/use-slices.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { GroupHead } from './group-head.tsx'
import type { Line } from './lines.ts'
import { PartnersList } from './partners-list.tsx'
import { PartnersTable } from './partners-table.tsx'
import type { Lines } from './use-lines.tsx'
import { useRowKeys } from './use-row-keys.ts'

const FreshRows = deferred(async () => (await import('./fresh-rows.ts')).FreshRows)

/** Heights as the style sheet has them. */
const ROW_REM = 2.5
const LIST_ITEM_REM = 4
/** Of what sticks above the rows: the head of the table, and that of a group. */
const HEAD_PX = 72

interface Props {
  table: Lines
  selecting: Selecting
  onDelete: (row: PartnerRow) => void
  shape: DirectoryShape
  /** The partner added last: shown and focused once it stands in the list. */
  freshId: string | null
}

/** The lines that are in sight, drawn as a table or, on narrow screens, as a list. */
export function DirectoryView({ table, shape, selecting, freshId, onDelete }: Props) {
  const { lines } = table
  const narrow = useNarrow()
  const { filters, search, sort, groupBy } = shape.definition
  const key = JSON.stringify([queryOf({ filters, search }), sort, groupBy])
  const shown = useRef(key)
  const most = useSlices(table.isStale ? shown.current : key)
  const view = useRowWindow(lines.length, narrow ? LIST_ITEM_REM : ROW_REM, most)
  const { from, to, first, box } = view
  const goTo = useRowKeys(lines, view, selecting)
  useFollowing(lines, view)

  const [shownId, setShownId] = useState<string | null>(null)
  useLayoutEffect(() => {
    if (freshId === null || freshId === shownId) return
    const index = lines.findIndex(({ id }) => id === freshId)
    if (index < 0) return
    goTo(index)
    setShownId(freshId)
  }, [freshId, shownId, lines, goTo])

  // Another table begins at its top; the one before stays where it is until then.
  useLayoutEffect(() => {
    if (table.isStale || shown.current === key) return
    shown.current = key
    // Asking the box itself would lay it out for nothing.
    if (first > 0) box.current?.scrollTo({ top: 0 })
  }, [key, table.isStale, first, box])

  const pressed = useRef<Element | null>(null)
  const [menuRow, setMenuRow] = useState<PartnerRow | null>(null)
  const onMenu = useCallback((row: PartnerRow, button: Element) => {
    pressed.current = button
    setMenuRow(row)
  }, [])

  // While one types, rows that are about to go are not drawn anew just to lead elsewhere.
  const leadsTo = useRef(shape.search)
  if (!(table.isStale && shape.isTyping)) leadsTo.current = shape.search

  const Rows = narrow ? PartnersList : PartnersTable
  const count = groupBy === null ? (table.total ?? lines.length) : lines.length
  const pending = lines.slice(from, to).flatMap(pendingIn)
  const rows = { lines, count, freshId, shape, search: leadsTo.current, selecting, onMenu }
  return (
    <>
      <section
        ref={box}
        class="rows-box"
        aria-label="All partners"
        aria-busy={table.isStale || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        <StuckHead lines={lines} first={first} onFold={shape.fold} />
        <Rows {...view} {...rows} />
        {table.reader(from, to)}
      </section>
      {pending.length > 0 && <FreshRows pending={pending} />}
      <RowMenu row={menuRow} search={shape.search} pressed={() => pressed.current} onDelete={onDelete} />
    </>
  )
}

/** While one steps from partner to partner in the drawer, the table follows, and reads what lies ahead. */
function useFollowing(lines: readonly Line[], { reveal }: ReturnType<typeof useRowWindow>) {
  const { id } = useRoute().params
  const before = useRef<string | undefined>(undefined)
  useLayoutEffect(() => {
    const stepped = before.current !== undefined && before.current !== id
    before.current = id
    const index = stepped ? lines.findIndex((line) => line.id === id) : -1
    if (index >= 0) reveal(index, HEAD_PX)
  }, [id, lines, reveal])
}

interface StuckProps {
  lines: readonly Line[]
  /** The line at the top of what is seen. */
  first: number
  onFold: (key: string) => void
}

/** Stands for the head of the group that one is in, once that is out of sight. */
function StuckHead({ lines, first, onFold }: StuckProps) {
  let at = first
  while (at > 0 && lines[at]?.kind !== 'group') at--
  const above = lines[at]
  if (at === first || above?.kind !== 'group') return null
  return (
    <div class="stuck-head" aria-hidden="true">
      <div>
        <GroupHead group={above.group} open={above.open} onFold={onFold} stuck />
      </div>
    </div>
  )
}

/** The partner of a line while one of its scores is being made. */
const pendingIn = (line: Line): PartnerRow[] =>
  line.kind === 'row' && [line.row.fitState, line.row.healthState].includes('pending') ? [line.row] : []
