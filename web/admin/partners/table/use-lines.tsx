import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type Definition, queryOf, withFilter } from '#web/admin/partners/definition.ts'
import { useGroups, usePartners } from '#web/admin/partners/directory.ts'
import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { groupedLines, type Line, linesOf, type ReadGroup, type Wanted, wantedGroups } from './lines.ts'
import { rowsOf } from './pages.ts'

/** Lines that may be left below before the next page is asked for. */
const AHEAD = 40

/** The table of a definition, as far as it is read. */
export interface Lines {
  lines: readonly Line[]
  /** The partners among them. */
  rows: readonly PartnerRow[]
  /** How many match; undefined until that is known. */
  total: number | undefined
  isRead: boolean
  /** Still the lines of another definition. */
  isStale: boolean
  isFetching: boolean
  error: Error | null
  retry: () => void
  /** Reads the next page, if there is one and nothing is under way. Groups read what is in sight. */
  readOn: () => void
  /** Reads anew, once it is seen, what was read of groups that are out of sight. */
  forgetUnseen: () => void
  /** Reads what lies ahead of the lines in sight, and says how it goes. */
  reader: (from: number, to: number) => ComponentChildren
}

/** The lines that a definition shows, grouped or not. */
export function useLines(definition: Definition, closed: readonly string[]): Lines {
  const plain = usePlainLines(definition)
  const grouped = useGroupedLines(definition, closed)
  return definition.groupBy === null ? plain : grouped
}

function usePlainLines(definition: Definition): Lines {
  const list = usePartners(definition, definition.groupBy === null)
  const rows = useMemo(() => rowsOf(list.data), [list.data])
  const lines = useMemo(() => linesOf(rows), [rows])
  const { hasNextPage, isFetching, fetchNextPage } = list
  const readOn = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  return {
    readOn,
    forgetUnseen: ignore,
    lines,
    rows,
    total: list.data?.pages[0]?.total ?? undefined,
    isRead: list.data !== undefined,
    isStale: list.isPlaceholderData,
    isFetching: list.isFetching,
    error: list.error,
    retry: () => void list.refetch(),
    reader: (_, to) => <PageReader list={list} until={to + AHEAD} count={rows.length} said />,
  }
}

interface ReaderProps {
  list: ReturnType<typeof usePartners>
  /** How many rows are wanted, and how many there are. */
  until: number
  count: number
  /** Whether it says that more is on its way. */
  said?: boolean
}

/** Reads page after page until enough rows are there. */
function PageReader({ list, until, count, said }: ReaderProps) {
  const { hasNextPage, isFetching, isPlaceholderData, isFetchNextPageError, fetchNextPage } = list
  const endNears = hasNextPage && until > count && !isPlaceholderData
  useEffect(() => {
    if (endNears && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [endNears, isFetching, isFetchNextPageError, fetchNextPage])
  if (isFetchNextPageError)
    return (
      <p class="rows-end" role="alert">
        {explain(list.error).message} <Button onClick={() => void fetchNextPage()}>Try again</Button>
      </p>
    )
  if (!(said && hasNextPage)) return null
  return (
    <p class="rows-end muted" aria-busy="true">
      Loading more…
    </p>
  )
}

const ignore = () => undefined

/** What was read of a group, and for which definition. */
type KeptGroup = ReadGroup & { of: string }

function useGroupedLines(definition: Definition, closed: readonly string[]): Lines {
  const { groupBy } = definition
  const counted = useGroups(definition, groupBy)
  const groups = counted.data?.groups
  const of = JSON.stringify([groupBy, queryOf(definition), definition.sort])
  const [kept, setKept] = useState<ReadonlyMap<string, KeptGroup>>(new Map())
  const isStale = counted.isPlaceholderData
  const lines = useMemo(() => {
    // While the old groups stand, so do their partners.
    const read = isStale ? kept : new Map([...kept].filter(([, group]) => group.of === of))
    return groupedLines(groups ?? [], closed, read)
  }, [groups, closed, kept, of, isStale])
  const rows = useMemo(() => lines.flatMap((line) => (line.kind === 'row' ? [line.row] : [])), [lines])
  const keep = useCallback(
    (key: string, group: KeptGroup) => setKept((before) => new Map(before).set(key, group)),
    [],
  )
  const inSight = useRef<readonly Wanted[]>([])
  const forgetUnseen = useCallback(() => {
    const keys = new Set(inSight.current.map(({ key }) => key))
    setKept((before) => new Map([...before].filter(([key]) => keys.has(key))))
  }, [])
  const reader = (from: number, to: number) => {
    inSight.current = wantedGroups(lines, from, to + AHEAD)
    return inSight.current.map((wanted) => (
      <GroupReader
        key={`${groupBy} ${wanted.key}`}
        definition={definition}
        of={of}
        wanted={wanted}
        onRead={keep}
      />
    ))
  }
  return {
    readOn: ignore,
    forgetUnseen,
    lines,
    rows,
    total: groups?.reduce((sum, { count }) => sum + count, 0),
    isRead: groups !== undefined,
    isStale,
    isFetching: counted.isFetching,
    error: counted.error,
    retry: () => void counted.refetch(),
    reader,
  }
}

interface GroupReaderProps {
  definition: Definition
  of: string
  wanted: Wanted
  onRead: (key: string, group: KeptGroup) => void
}

/** Reads the partners of one group while some of them are in sight. */
function GroupReader({ definition, of, wanted, onRead }: GroupReaderProps) {
  const { key, count } = wanted
  const by = definition.groupBy
  const list = usePartners(by === null ? definition : withFilter(definition, by, [key]))
  const rows = useMemo(() => rowsOf(list.data), [list.data])
  const done = list.data !== undefined && !list.hasNextPage && !list.isPlaceholderData
  useLayoutEffect(() => onRead(key, { rows, done, of }), [onRead, key, rows, done, of])
  if (list.error && !list.data && !list.isFetching)
    return (
      <p class="rows-end" role="alert">
        {explain(list.error).message} <Button onClick={() => void list.refetch()}>Try again</Button>
      </p>
    )
  return <PageReader list={list} until={count} count={rows.length} />
}
