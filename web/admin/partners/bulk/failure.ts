import { api } from '#web/api.ts'
import { formatCount } from '#web/format.ts'
import { ApiProblem, answerOf, explain, isProblem } from '#web/problem.ts'
import { reasonOf } from '#web/reason-of.ts'
import { type BulkFilter, type Left, newUndo, type Progress, sizeOf } from './steps.ts'

/** Why a step was not made, and what is left to do now. */
export interface Failure {
  message: string
  progress: Progress
  /** Those that are no longer there. */
  gone: readonly string[]
  /** The number is another than the one that was agreed to. */
  isChanged: boolean
}

/** Looks what became of the partners that a step was about, so that one can decide again. */
export async function lookAgain(error: unknown, before: Progress): Promise<Failure> {
  const progress = { ...before, unheard: before.unheard || isUnheard(error) }
  const { left } = progress
  const failure = { message: reasonOf(error), progress, gone: [], isChanged: false }
  try {
    if (left && 'ids' in left && isProblem(error, 'not-found')) return await withoutGone(progress, left.ids)
    if (left && 'filter' in left && isProblem(error, 'expected')) {
      const { actual } = error.body
      return changedTo(progress, left, typeof actual === 'number' ? actual : await countNow(left.filter))
    }
  } catch {
    // What was said first counts; asking again looks again.
  }
  // It had ended while one waited: what comes now is taken back by itself.
  if (failsAt(error, '/undo')) return { ...failure, progress: { ...progress, undo: newUndo() } }
  return failure
}

/** Neither done nor refused, as far as one knows. */
const isUnheard = (error: unknown) =>
  !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500

export const failsAt = (error: unknown, pointer: string) =>
  explain(error).errors.some((one) => one.pointer.startsWith(pointer))

/** As many as one request reads. */
const ROWS_MAX = 200

async function withoutGone(progress: Progress, ids: readonly string[]): Promise<Failure> {
  const here = new Set<string>()
  for (let at = 0; at < ids.length; at += ROWS_MAX) {
    const query = { id: ids.slice(at, at + ROWS_MAX) }
    const { items } = await answerOf(api.partners.rows.$get({ query }))
    for (const { id } of items) here.add(id)
  }
  const gone = ids.filter((id) => !here.has(id))
  const message =
    gone.length === 1
      ? 'One of them has been deleted meanwhile.'
      : `${formatCount(gone.length)} of them have been deleted meanwhile.`
  const left = here.size > 0 ? { ids: [...here] } : null
  return { message, progress: { ...progress, left }, gone, isChanged: true }
}

function changedTo(progress: Progress, left: Extract<Left, { expected: number }>, actual: number): Failure {
  const now = progress.done > 0 ? `${formatCount(actual)} are left` : `${formatCount(actual)} match`
  return {
    message: `The selection has changed meanwhile: ${now} now, not ${formatCount(sizeOf(left))}.`,
    progress: { ...progress, left: actual > 0 ? { ...left, expected: actual } : null },
    gone: [],
    isChanged: true,
  }
}

async function countNow(filter: BulkFilter): Promise<number> {
  const { groups } = await answerOf(api.partners.groups.$get({ query: { ...filter, by: 'status' } }))
  return groups.reduce((sum, { count }) => sum + count, 0)
}
