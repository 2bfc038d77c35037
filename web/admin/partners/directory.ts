import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/preact-query'
import { useEffect } from 'preact/hooks'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type { Groups } from '#worker/partners/list-schema.ts'
import type { PartnerPage, PartnerRow } from '#worker/partners/schema.ts'
import type { Grouping } from '#worker/partners/terms.ts'
import { type Definition, EVERYBODY, isNarrowed, queryOf } from './definition.ts'
import { onlyFirst, type Pages, withAdded, withNewer, withoutRows } from './table/pages.ts'

const LISTS = ['partners', 'list'] as const
const GROUPS = ['partners', 'groups'] as const
const PAGE_SIZE = 100
/** Pages that are read anew without anybody's wish. */
const UNASKED_MAX = 3
const PAGES_READ_ANEW = 8

type Shown = Pick<Definition, 'filters' | 'search' | 'sort'>

/** What a list is kept under: all that the server is asked for. */
const keyOf = (shown: Shown) => [...LISTS, queryOf(shown), shown.sort]

/** The partners that a definition shows, in its order, read page by page; another definition ends what is under way. */
export function usePartners(shown: Shown, enabled = true) {
  return useInfiniteQuery({
    queryKey: keyOf(shown),
    queryFn: ({ pageParam, signal }): Promise<PartnerPage> => {
      const query = { ...queryOf(shown), sort: shown.sort, limit: String(PAGE_SIZE) }
      return answerOf(
        api.partners.$get(
          { query: { ...query, ...(pageParam && { cursor: pageParam }) } },
          { init: { signal } },
        ),
      )
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    enabled,
    // What was found before stays in sight until there is something newer.
    placeholderData: keepPreviousData,
    // Would read every page again; the rows in sight are refreshed instead.
    refetchOnWindowFocus: false,
    // Would compare all rows read so far with each page and each look at scores.
    structuralSharing: false,
  })
}

/** How many partners each group of a definition has. */
export function useGroups(shown: Pick<Definition, 'filters' | 'search'>, by: Grouping | null) {
  return useQuery({
    queryKey: [...GROUPS, by, queryOf(shown)],
    queryFn: ({ signal }): Promise<Groups> =>
      answerOf(
        api.partners.groups.$get({ query: { ...queryOf(shown), by: by ?? 'status' } }, { init: { signal } }),
      ),
    enabled: by !== null,
    // Groups of something else are no placeholder.
    placeholderData: (before, query) => (query?.queryKey[2] === by ? before : undefined),
  })
}

/** How many partners there are in all; asked for only where the table shows some of them. */
export function useEverybodyCount(wanted: boolean): number | undefined {
  const { data } = useGroups(EVERYBODY, wanted ? 'status' : null)
  return data?.groups.reduce((sum, { count }) => sum + count, 0)
}

/** Leaving the directory keeps of each list what one comes back to. */
export function useTrimmedLists() {
  const client = useQueryClient()
  useEffect(
    () => () => void client.setQueriesData<Pages>({ queryKey: LISTS }, (pages) => pages && onlyFirst(pages)),
    [client],
  )
}

/** Changes to the rows in sight, without reading their pages again. */
export function useRowChanges() {
  const client = useQueryClient()
  /** Reads the first page of what is shown anew; everything else when it is shown. */
  const reread = () => {
    client.setQueriesData<Pages>({ queryKey: LISTS }, (pages) => pages && onlyFirst(pages))
    void client.invalidateQueries({ queryKey: LISTS })
    void client.invalidateQueries({ queryKey: GROUPS })
  }
  /** Reads what is shown anew, in place. False when that is too much to be done unasked. */
  const refreshUnasked = () => {
    const shown = client.getQueryCache().findAll({ queryKey: LISTS, type: 'active' })
    const pages = shown.reduce((sum, { queryKey }) => sum + pagesIn(client.getQueryData<Pages>(queryKey)), 0)
    if (pages > UNASKED_MAX) return false
    void client.invalidateQueries({ queryKey: LISTS })
    void client.invalidateQueries({ queryKey: GROUPS })
    return true
  }
  return {
    reread,
    refreshUnasked,
    /** Reads anew whatever is shown, so far as it was read, so that one stays where one is; of the longest the first page. */
    refresh: () => {
      client.setQueriesData<Pages>({ queryKey: LISTS }, (pages) =>
        pages && pages.pages.length > PAGES_READ_ANEW ? onlyFirst(pages) : pages,
      )
      void client.invalidateQueries({ queryKey: ['partners'] })
    },
    /** Takes away rows of partners that are no longer there. */
    remove: (ids: readonly string[]) => {
      const gone = new Set(ids)
      client.setQueriesData<Pages>({ queryKey: LISTS }, (pages) => pages && withoutRows(pages, gone))
      client.removeQueries({
        queryKey: ['partners'],
        predicate: ({ queryKey: [, id] }) => gone.has(String(id)),
      })
    },
    /** Places a new row where the page can tell its place: among everybody by name. Elsewhere the server does. */
    add: (row: PartnerRow, definition: Definition) => {
      const pages = client.getQueryData<Pages>(keyOf(definition))
      const isByName = definition.sort === 'name' && definition.groupBy === null
      if (!(pages && isByName) || isNarrowed(definition)) return reread()
      client.setQueryData<Pages>(keyOf(definition), withAdded(pages, row))
      void client.invalidateQueries({ queryKey: LISTS, refetchType: 'none' })
      void client.invalidateQueries({ queryKey: GROUPS })
    },
    renew: (rows: readonly PartnerRow[]) =>
      client.setQueriesData<Pages>({ queryKey: LISTS }, (pages) => pages && withNewer(pages, rows)),
  }
}

const pagesIn = (pages: Pages | undefined) => pages?.pages.length ?? 0

export const useProgram = (enabled = true) =>
  useQuery({ queryKey: ['program'], queryFn: () => answerOf(api.program.$get()), enabled })

export const usePartner = (id: string) =>
  useQuery({
    queryKey: ['partners', id],
    queryFn: () => answerOf(api.partners[':id'].$get({ param: { id } })),
  })

export const useScores = (id: string) =>
  useQuery({
    queryKey: ['partners', id, 'scores'],
    queryFn: () => answerOf(api.partners[':id'].scores.$get({ param: { id } })),
    // Its own clock: what is under way appears by itself.
    refetchInterval: ({ state: { data } }) => {
      const both = data ? [data.fit, data.health] : []
      if (both.some(({ state }) => state === 'pending')) return 300
      return both.some(({ refreshing }) => refreshing) ? 1_500 : false
    },
  })
