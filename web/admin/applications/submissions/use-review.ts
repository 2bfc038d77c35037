import { useRef, useState } from 'preact/hooks'
import { isProblem } from '#web/problem.ts'
import { reasonOf } from '#web/reason-of.ts'
import { toast } from '#web/ui/toast.tsx'
import type { Submission, SubmissionChange } from '#worker/submissions/schema.ts'
import { useSubmissionChanges } from './queries.ts'
import { nameOf } from './submissions-list.tsx'

type Change = Omit<SubmissionChange, 'version'>

const DONE = { new: 'is new again', approved: 'is approved', rejected: 'is rejected' } as const

/** What one does about a submission, one thing at a time. */
export function useReview(submission: Submission) {
  const { known, read, review } = useSubmissionChanges()
  const [busy, setBusy] = useState(false)
  /** Who was faster, in words. */
  const [overtaken, setOvertaken] = useState('')
  const underWay = useRef(false)
  const { id } = submission

  /** @throws what the server answers; after a stale one, what stands now is shown, and who was first. */
  const change = async (given: Change) => {
    const { version } = known(id) ?? submission
    setOvertaken('')
    try {
      return await review(id, { ...given, version })
    } catch (error) {
      if (isProblem(error, 'stale')) {
        const now = await read(id)
        setOvertaken(lastDeedOf(now))
      }
      throw error
    }
  }

  const decideAnd = async (given: Change) => {
    const { state: before } = submission
    const { state } = await change(given)
    toast({
      text: `${nameOf(submission)} ${DONE[state]}.`,
      undo: { label: 'Undo', run: () => void takeBack(before) },
    })
  }
  /** Decides, and offers to take it back. Whatever goes wrong is told. */
  const decide = async (state: Submission['state']) => {
    if (underWay.current) return
    underWay.current = true
    setBusy(true)
    try {
      await decideAnd({ state })
    } catch (error) {
      if (!isProblem(error, 'stale')) toast({ text: `Nothing was decided. ${reasonOf(error)}` })
    } finally {
      underWay.current = false
      setBusy(false)
    }
  }
  const takeBack = async (state: Submission['state']) => {
    try {
      await change({ state })
    } catch (error) {
      toast({ text: `This was not taken back. ${reasonOf(error)}` })
    }
  }

  /** A note contradicts nobody: when somebody was faster, it is added to what stands now. */
  const addNote = (note: string) =>
    change({ note }).catch((error: unknown) => {
      if (!isProblem(error, 'stale')) throw error
      return change({ note })
    })

  /** @throws what the server answers */
  const reject = (why: Pick<Change, 'reason' | 'note'>) => decideAnd({ ...why, state: 'rejected' })

  return { busy, overtaken, change, decide, reject, addNote }
}

export type Review = ReturnType<typeof useReview>

const DEEDS = { new: 'set it back to New', approved: 'approved it', rejected: 'rejected it' } as const

function lastDeedOf({ history }: Submission) {
  const last = history.at(-1)
  const who = last?.by?.name ?? 'Somebody'
  if (last?.kind === 'partner') return `${who} has added a partner from it`
  if (last?.kind === 'state' && last.to) return `${who} ${DEEDS[last.to]}`
  return last?.kind === 'not-suspected' ? `${who} said that it is not spam` : `${who} changed it`
}
