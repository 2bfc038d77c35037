import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/preact-query'
import { useEffect } from 'preact/hooks'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type { PartnerPage, PartnerRow } from '#worker/partners/schema.ts'
import { onlyFirst, type Pages, withAdded, withNewer } from './pages.ts'

const LIST = ['partners', 'list']
const PAGE_SIZE = 100

/** The directory by name, read page by page. */
export function usePartners() {
  const client = useQueryClient()
  useEffect(() => () => void client.setQueryData<Pages>(LIST, (pages) => pages && onlyFirst(pages)), [client])
  return useInfiniteQuery({
    queryKey: LIST,
    queryFn: ({ pageParam }): Promise<PartnerPage> =>
      answerOf(
        api.partners.$get({ query: { limit: String(PAGE_SIZE), ...(pageParam && { cursor: pageParam }) } }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // Would read every page again; the rows in sight are refreshed instead.
    refetchOnWindowFocus: false,
    // Would compare all rows read so far with each page and each look at scores.
    structuralSharing: false,
  })
}

/** Changes to the rows in sight, without reading their pages again. */
export function useRowChanges() {
  const client = useQueryClient()
  const change = (how: (pages: Pages) => Pages) =>
    client.setQueryData<Pages>(LIST, (pages) => pages && how(pages))
  return {
    add: (row: PartnerRow) => change((pages) => withAdded(pages, row)),
    renew: (rows: readonly PartnerRow[]) => change((pages) => withNewer(pages, rows)),
  }
}

export const useProgram = () =>
  useQuery({ queryKey: ['program'], queryFn: () => answerOf(api.program.$get()) })

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
