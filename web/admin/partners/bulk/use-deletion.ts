import { useEffect, useRef, useState } from 'preact/hooks'
import { toast } from '#web/ui/toast.tsx'
import { BULK_MAX } from '#worker/bulk/terms.ts'
import { lookAgain } from './failure.ts'
import { type After, tell } from './run.ts'
import { beginning, deleteStep, type Left, type Progress } from './steps.ts'
import { partners } from './words.ts'

export interface DeletionProps {
  left: Left
  /** Of the one partner that it is about. */
  name?: string
  after: After
  /** These were deleted; of a filter nobody knows which. */
  onDeleted: (ids: readonly string[]) => void
  onClose: () => void
}

/** Deletes call by call. What fails can be asked for again; what is done is said, also when one stops. */
export function useDeletion({ left, name, after, onDeleted, onClose }: DeletionProps) {
  const [progress, setProgress] = useState<Progress>(() => beginning(left))
  const [running, setRunning] = useState(false)
  const [stopping, setStopping] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [typed, type] = useState('')
  const stopAsked = useRef(false)
  // What is under way when the page is left ends after its call.
  useEffect(
    () => () => {
      stopAsked.current = true
    },
    [],
  )

  const close = (done: number, words: string) => {
    onClose()
    if (done > 0) toast({ text: words })
  }
  const go = async () => {
    const { done } = progress
    let now = progress
    setRunning(true)
    setFailure(null)
    stopAsked.current = false
    try {
      while (now.left !== null && !stopAsked.current) {
        const deleted = 'ids' in now.left ? now.left.ids.slice(0, BULK_MAX) : []
        now = await deleteStep(now)
        setProgress(now)
        onDeleted(deleted)
      }
      if (now.left === null) close(now.done, deletedWords(now.done, name))
      else close(now.done, `Stopped: ${deletedWords(now.done)}`)
    } catch (error) {
      const met = await lookAgain(error, now)
      tell(met, after)
      setProgress(met.progress)
      setFailure(met.message)
      if (met.isChanged) type('')
    }
    if (now.done > done) after.changed()
    setRunning(false)
    setStopping(false)
  }
  /** The way out: between two calls while it runs. */
  const leave = () => {
    if (!running) return close(progress.done, deletedWords(progress.done))
    stopAsked.current = true
    setStopping(true)
  }
  return { progress, running, stopping, failure, typed, type, go, leave }
}

const deletedWords = (count: number, name?: string) =>
  `${name ?? partners(count)} ${count === 1 ? 'is' : 'are'} deleted`
