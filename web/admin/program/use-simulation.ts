import { useRef, useState } from 'preact/hooks'
import { explain } from '#web/problem.ts'
import type { Simulation } from '#worker/program/schema.ts'
import { bodyOf, fingerprint } from './draft.ts'
import { simulate, useProgramChanges } from './program-queries.ts'
import type { ProgramDraft } from './use-program-draft.ts'

interface Tried {
  simulation: Simulation
  /** What was tried. */
  of: string
}

/** Who would move, asked on demand; the answer stays in sight, and says when it is about something older. */
export function useSimulation(draft: ProgramDraft) {
  const [tried, setTried] = useState<Tried | null>(null)
  const [running, setRunning] = useState(false)
  const [failure, setFailure] = useState('')
  const newest = useRef(0)
  const { reread } = useProgramChanges()
  const now = fingerprint(draft.tracks)

  /** False when something is wrong with the draft, which is then said at its fields. */
  const run = async (): Promise<boolean> => {
    setFailure('')
    if (!draft.isSendable()) return false
    newest.current += 1
    const own = newest.current
    setRunning(true)
    try {
      const simulation = await simulate({ version: draft.basis.version, tracks: bodyOf(draft.tracks) })
      if (own === newest.current) setTried({ simulation, of: now })
      return true
    } catch (error) {
      if (own !== newest.current) return true
      const problem = explain(error)
      if (problem.errors.length === 0) setFailure(problem.message)
      // What is refused because somebody else saved meanwhile is said by that notice.
      else if ((await reread()) <= draft.basis.version) draft.fail(problem)
      return problem.errors.length === 0
    } finally {
      if (own === newest.current) setRunning(false)
    }
  }
  return {
    simulation: tried?.simulation ?? null,
    isCurrent: tried?.of === now,
    running,
    failure,
    run,
    close: () => {
      newest.current += 1
      setTried(null)
      setRunning(false)
      setFailure('')
    },
  }
}

export type SimulationState = ReturnType<typeof useSimulation>
