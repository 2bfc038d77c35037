import { formatCount } from '#web/format.ts'
import { explain, isProblem } from '#web/problem.ts'
import { toast } from '#web/ui/toast.tsx'
import { type Failure, lookAgain } from './failure.ts'
import { editStep, type Progress, sizeOf, undoStep } from './steps.ts'
import { type LastEdit, lastEdit, type Work, work } from './stores.ts'
import { type Change, partners, sentenceOf } from './words.ts'

/** What the page does about what has become of its partners. */
export interface After {
  /** Some of them are other than they were. */
  changed: () => void
  /** These are no longer there. */
  gone: (ids: readonly string[]) => void
  /** So many match now. */
  recounted: (count: number) => void
}

/** An edit, and how far it has come. */
interface Editing {
  change: Change
  progress: Progress
}

const begin = (kind: Work['kind'], done: number, total: number) =>
  work.set({ kind, done, total, stopping: false, failure: null })
const isStopping = () => work.get()?.stopping ?? false

function show(changes: Partial<Work>) {
  const now = work.get()
  if (now) work.set({ ...now, ...changes })
}

/** Sets the same on all that are left, call by call, until that is done, stopped, or waits for a decision. */
export async function runEdit(editing: Editing, after: After): Promise<void> {
  const { change } = editing
  let { progress } = editing
  begin('edit', progress.done, progress.done + sizeOf(progress.left))
  try {
    while (progress.left !== null && !isStopping()) {
      progress = await editStep(progress, change.set)
      show({ done: progress.done })
    }
    endEdit({ change, progress }, after)
  } catch (error) {
    await askAgain(error, { change, progress }, after)
  }
}

function endEdit({ change, progress: { done, left, undo, unheard } }: Editing, after: After) {
  work.set(null)
  after.changed()
  if (done === 0 && !unheard) return
  const words = done === 0 ? 'No answer came, and partners may have been changed' : sentenceOf(change, done)
  const edit: LastEdit = { id: undo.id, until: Date.parse(undo.until), words, count: done }
  lastEdit.set(edit)
  toast({
    text:
      left === null || unheard ? words : `Stopped: ${words}. ${formatCount(sizeOf(left))} are as they were`,
    undo: { label: 'Undo', run: () => void runUndo(edit, after) },
  })
}

/** Says why the edit does not go on, and lets one decide. */
export async function askAgain(error: unknown, editing: Editing, after: After) {
  const failure = await lookAgain(error, editing.progress)
  const now: Editing = { ...editing, progress: failure.progress }
  if (!work.get()) begin('edit', now.progress.done, now.progress.done + sizeOf(now.progress.left))
  tell(failure, after)
  show({
    failure: {
      message: failure.message,
      again: againOf(failure),
      retry: () => void runEdit(now, after),
      end: () => endEdit(now, after),
    },
  })
}

/** Keeps the table and what is chosen in it true after a failure. */
export function tell({ gone, isChanged, progress: { left, done } }: Failure, after: After) {
  if (gone.length > 0) after.gone(gone)
  if (isChanged && done === 0 && (left === null || 'filter' in left)) after.recounted(sizeOf(left))
  if (isChanged) after.changed()
}

export function againOf({ progress: { left }, isChanged }: Failure): string | null {
  if (left === null) return null
  return isChanged ? `Continue with ${formatCount(sizeOf(left))}` : 'Try again'
}

/** Takes an edit back, call by call; what others have changed since stays as they left it. */
export async function runUndo(edit: LastEdit, after: After, restored = 0, skipped = 0): Promise<void> {
  if (work.get()) return toast({ text: 'Another change is under way. Undo it after that.' })
  begin('undo', restored + skipped, edit.count)
  try {
    let remaining = 1
    while (remaining > 0 && !isStopping()) {
      const step = await undoStep(edit.id)
      restored += step.restored
      skipped += step.skipped
      remaining = step.remaining
      show({ done: restored + skipped, total: restored + skipped + remaining })
    }
    work.set(null)
    if (remaining === 0) lastEdit.set(null)
    toast({ text: undoneWords(restored, skipped, remaining) })
    after.changed()
  } catch (error) {
    if (isProblem(error, 'not-found')) return endUndo(edit, restored, after)
    const end = () => {
      work.set(null)
      after.changed()
    }
    const retry = () => {
      work.set(null)
      void runUndo(edit, after, restored, skipped)
    }
    show({ failure: { message: explain(error).message, again: 'Try again', retry, end } })
  }
}

function endUndo({ count }: LastEdit, restored: number, after: After) {
  work.set(null)
  lastEdit.set(null)
  const what = restored > 0 ? `${partners(restored)} restored, but the rest` : 'this edit'
  const late = `The ten minutes are over: ${what} can no longer be undone`
  // One that was never heard of may never have come to be.
  toast({ text: count === 0 ? undoneWords(restored, 0) : late })
  after.changed()
}

export function undoneWords(restored: number, skipped: number, remaining = 0): string {
  const left = remaining > 0 ? `Stopped: ${formatCount(remaining)} are still changed. ` : ''
  if (restored + skipped === 0) return `${left}Nothing was left to take back`
  const since = skipped === 0 ? '' : `, ${formatCount(skipped)} had been changed since`
  return `${left}${partners(restored)} restored${since}`
}
