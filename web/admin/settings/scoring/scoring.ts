import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/preact-query'
import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type {
  ScoringPreview,
  ScoringProgress,
  ScoringRules,
  ScoringSettings,
} from '#worker/scoring/schema.ts'

export const SETTINGS = ['scoring', 'settings'] as const
const PROGRESS = ['scoring', 'progress'] as const

/** The rules by which partners are scored. */
export const useScoring = () =>
  useQuery({
    queryKey: SETTINGS,
    queryFn: (): Promise<ScoringSettings> => answerOf(api.scoring.$get()),
  })

export function useScoringChanges() {
  const client = useQueryClient()
  const accept = (settings: ScoringSettings) => {
    client.setQueryData(SETTINGS, settings)
    return settings
  }
  return {
    /** @throws ApiProblem `stale` when somebody else saved since `version` */
    save: async (json: ScoringSettings) => {
      const saved = accept(await answerOf(api.scoring.$put({ json })))
      void client.invalidateQueries({ queryKey: PROGRESS })
      return saved
    },
    readNow: async () => accept(await answerOf(api.scoring.$get())),
  }
}

const PREVIEW_AFTER_MS = 400

/** What rules would do to a few partners, a moment after they were last changed. Null rules ask for nothing. */
export function usePreview(rules: ScoringRules | null) {
  const wanted = rules && JSON.stringify(rules)
  const [settled, settle] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => settle(wanted), PREVIEW_AFTER_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  const asked = settled === wanted ? rules : null
  const last = useRef<ScoringRules | null>(null)
  if (asked) last.current = asked
  const query = useQuery({
    queryKey: ['scoring', 'preview', settled],
    queryFn: ({ signal }): Promise<ScoringPreview> => {
      if (!last.current) throw new Error('There is nothing to preview.')
      return answerOf(api.scoring.preview.$post({ json: last.current }, { init: { signal } }))
    },
    enabled: settled !== null,
    // What it is compared with may have changed since.
    staleTime: 0,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  })
  return { ...query, isStale: settled !== wanted || query.isFetching }
}

const PROGRESS_MS = 700

const isUnderWay = (progress: ScoringProgress | undefined) =>
  progress !== undefined && progress.done < progress.total

/**
 * How far the last change of the rules has come; asked for again until everybody is scored. `finished` once that was seen
 * to end, or was so quick that it had ended when first looked at after `saves`.
 */
export function useProgress(saves: number) {
  const client = useQueryClient()
  const { data, error, isFetching } = useQuery({
    queryKey: PROGRESS,
    queryFn: (): Promise<ScoringProgress> => answerOf(api.scoring.progress.$get()),
    staleTime: 0,
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? PROGRESS_MS : false),
  })
  const running = isUnderWay(data)
  const ran = useRef(false)
  if (running || saves > 0) ran.current = true
  const finished = ran.current && data !== undefined && !running && !isFetching
  useEffect(() => {
    // Every score that is shown anywhere may be another one now.
    if (finished) void client.invalidateQueries({ queryKey: ['partners'] })
  }, [finished, client])
  return { progress: data, running, finished, error }
}
