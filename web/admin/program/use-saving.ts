import { explain, isProblem } from '#web/problem.ts'
import { toast } from '#web/ui/toast.tsx'
import { bodyOf } from './draft.ts'
import { useProgramChanges } from './program-queries.ts'
import type { ProgramDraft } from './use-program-draft.ts'
import type { SimulationState } from './use-simulation.ts'

/** Saves the draft. What belongs to fields or to somebody else's edit is said on the page, after `close`. */
export function useSaving(draft: ProgramDraft, simulation: SimulationState, close: () => void) {
  const { save, reread } = useProgramChanges()
  return async () => {
    try {
      const saved = await save({ version: draft.basis.version, tracks: bodyOf(draft.tracks) })
      draft.restart(saved)
      simulation.close()
      close()
      toast({ text: 'The programme is saved.' })
    } catch (error) {
      const problem = explain(error)
      const isStale = isProblem(error, 'stale')
      if (!isStale && problem.errors.length === 0) throw error
      close()
      if (isStale) await reread()
      else draft.fail(problem)
    }
  }
}
