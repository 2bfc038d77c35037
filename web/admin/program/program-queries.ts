import { useQuery, useQueryClient } from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type { Program, ProgramEdit, ProgramVersion, Simulation } from '#worker/program/schema.ts'
import type { ScoringProgress } from '#worker/scoring/schema.ts'

const PROGRAM = ['program'] as const
const VERSIONS = ['program', 'versions'] as const
const PROGRESS = ['scoring', 'progress'] as const
const LOOK_EVERY_MS = 700

export const simulate = (json: ProgramEdit): Promise<Simulation> =>
  answerOf(api.program.simulate.$post({ json }))

/** Who saved the programme, and when; newest first. */
export const useVersions = (enabled = true) =>
  useQuery({
    queryKey: VERSIONS,
    queryFn: (): Promise<{ items: ProgramVersion[] }> => answerOf(api.program.versions.$get()),
    enabled,
  })

/** A version as it was saved, which never changes again. */
export const useVersion = (n: number) =>
  useQuery({
    queryKey: [...VERSIONS, n],
    queryFn: () => answerOf(api.program.versions[':n'].$get({ param: { n: String(n) } })),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** How far the evaluation is; asked again for as long as it goes on. */
export const useProgress = (enabled: boolean) =>
  useQuery({
    queryKey: PROGRESS,
    queryFn: (): Promise<ScoringProgress> => answerOf(api.scoring.progress.$get(), { quietly: true }),
    refetchInterval: ({ state: { data } }) => (data && data.done < data.total ? LOOK_EVERY_MS : false),
    staleTime: 0,
    enabled,
  })

export function useProgramChanges() {
  const client = useQueryClient()
  return {
    save: async (json: ProgramEdit): Promise<Program> => {
      const saved: Program = await answerOf(api.program.$put({ json }))
      client.setQueryData(PROGRAM, saved)
      void client.invalidateQueries({ queryKey: VERSIONS })
      void client.invalidateQueries({ queryKey: PROGRESS })
      void client.invalidateQueries({ queryKey: ['partners'] })
      return saved
    },
    /** Everybody is evaluated: what the directory knows of tiers is old. */
    evaluated: () => void client.invalidateQueries({ queryKey: ['partners'] }),
    /** Reads what somebody else has saved; answers which version now stands. */
    reread: async (): Promise<number> => {
      await client.invalidateQueries({ queryKey: PROGRAM, exact: true })
      void client.invalidateQueries({ queryKey: VERSIONS, exact: true })
      return client.getQueryData<Program>(PROGRAM)?.version ?? 0
    },
  }
}
