import { keepPreviousData, useQuery } from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type { Tags } from '#worker/partners/list-schema.ts'

/** As many as the server lists; where there are more, it is asked for those that begin as typed. */
const LISTED_MAX = 200

const read = (q: string, signal: AbortSignal): Promise<Tags> =>
  answerOf(api.partners.tags.$get({ query: { q } }, { init: { signal } }))

const useBeginning = (q: string, enabled: boolean) =>
  useQuery({
    queryKey: ['partners', 'tags', q],
    queryFn: ({ signal }) => read(q, signal),
    placeholderData: keepPreviousData,
    enabled,
  })

/** The organisation's tags, as many as are needed to find those that somebody types. */
export function useTags(typed: string, enabled = true) {
  const wanted = typed.trim()
  const all = useBeginning('', enabled)
  const isLong = (all.data?.items.length ?? 0) >= LISTED_MAX
  const asked = isLong && wanted !== ''
  const begun = useBeginning(wanted, asked)
  const isRead = all.data !== undefined
  const items = all.data?.items ?? []
  if (!(asked && begun.data)) return { items, isRead, error: all.error }
  // Those that are known already may be meant too, whatever their case.
  const found = new Set(begun.data.items.map(({ tag }) => tag))
  return {
    items: [...begun.data.items, ...items.filter(({ tag }) => !found.has(tag))],
    isRead,
    error: all.error,
  }
}

/** Which of these tags some partner still has; undefined until that is known. */
export function useKnownTags(tags: readonly string[]): ReadonlySet<string> | undefined {
  const { data } = useQuery({
    queryKey: ['partners', 'tags', 'known', ...tags.toSorted()],
    queryFn: async ({ signal }) => {
      // The first of those that begin so is the tag itself, if there is such a tag.
      const found = await Promise.all(tags.map((tag) => read(tag, signal)))
      return found.map(({ items }) => items[0]?.tag)
    },
    enabled: tags.length > 0,
  })
  return data && new Set(tags.filter((tag) => data.includes(tag)))
}
