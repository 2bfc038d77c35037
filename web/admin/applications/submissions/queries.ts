import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { answerOf, done } from '#web/problem.ts'
import { useLooking } from '#web/use-looking.ts'
import type {
  Submission,
  SubmissionChange,
  SubmissionCounts,
  SubmissionPage,
  SubmissionRow,
} from '#worker/submissions/schema.ts'
import { askedFor, type Shown } from './place.ts'

const LISTS = ['submissions', 'list'] as const
const COUNTS = ['submissions', 'counts'] as const
const PAGE_SIZE = '50'
const LOOK_MS = 5_000

const countsKey = (formId: string | null) => [...COUNTS, formId] as const
const oneKey = (id: string) => ['submissions', 'one', id] as const

/** The submissions that a list shows, newest first, read page by page. */
export const useSubmissions = (shown: Shown) =>
  useInfiniteQuery({
    queryKey: [...LISTS, askedFor(shown)],
    queryFn: ({ pageParam, signal }): Promise<SubmissionPage> => {
      const query = { ...askedFor(shown), limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) }
      return answerOf(api.submissions.$get({ query }, { init: { signal } }))
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

const readCounts = (formId: string | null, quietly = false): Promise<SubmissionCounts> =>
  answerOf(api.submissions.counts.$get({ query: formId ? { form: [formId] } : {} }), { quietly })

export const useSubmissionCounts = (formId: string | null) =>
  useQuery({ queryKey: countsKey(formId), queryFn: () => readCounts(formId) })

/** One submission; that it is read is noted by the server. */
export const useSubmission = (id: string) =>
  useQuery({
    queryKey: oneKey(id),
    queryFn: (): Promise<Submission> => answerOf(api.submissions[':id'].$get({ param: { id } })),
  })

/** What changes submissions, here and there. */
export function useSubmissionChanges() {
  const client = useQueryClient()
  const reread = () => {
    void client.invalidateQueries({ queryKey: LISTS })
    void client.invalidateQueries({ queryKey: COUNTS })
  }
  /** The row changes in its place. It leaves a list that no longer asks for it when that is read again. */
  const took = (submission: Submission) => {
    client.setQueryData(oneKey(submission.id), submission)
    client.setQueriesData<InfiniteData<SubmissionPage>>(
      { queryKey: LISTS },
      (data) => data && withNewer(data, submission),
    )
    void client.invalidateQueries({ queryKey: COUNTS })
    void client.invalidateQueries({ queryKey: ['forms'], exact: true })
    return submission
  }
  return {
    took,
    reread,
    known: (id: string) => client.getQueryData<Submission>(oneKey(id)),
    read: async (id: string) => took(await answerOf(api.submissions[':id'].$get({ param: { id } }))),
    review: async (id: string, json: SubmissionChange) =>
      took(await answerOf(api.submissions[':id'].$patch({ param: { id }, json }))),
    remove: async (id: string) => {
      await done(api.submissions[':id'].$delete({ param: { id } }))
      reread()
    },
    resend: async (deliveryId: string) => {
      await done(api.deliveries[':id'].resend.$post({ param: { id: deliveryId } }))
    },
  }
}

function withNewer(
  data: InfiniteData<SubmissionPage>,
  { id, state, suspected, unread, partnerId, version }: SubmissionRow,
): InfiniteData<SubmissionPage> {
  const newer = { state, suspected, unread, partnerId, version }
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((row) => (row.id === id ? { ...row, ...newer } : row)),
  }))
  return { ...data, pages }
}

/** New ones appear by themselves: the counts are looked at, and the list is read again once they differ. */
export function useArrivals(formId: string | null, paused: boolean) {
  const client = useQueryClient()
  const look = async () => {
    if (paused) return
    const before = client.getQueryData<SubmissionCounts>(countsKey(formId))
    const counts = await readCounts(formId, true)
    client.setQueryData(countsKey(formId), counts)
    if (before && JSON.stringify(before) !== JSON.stringify(counts))
      await client.invalidateQueries({ queryKey: LISTS })
  }
  useLooking(`submissions of ${formId}`, look, () => LOOK_MS)
}
