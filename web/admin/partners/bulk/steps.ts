import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type { Assignment, BulkDeleted, BulkEdit, BulkEdited, BulkUndone } from '#worker/bulk/schema.ts'
import { BULK_MAX } from '#worker/bulk/terms.ts'

export type BulkFilter = NonNullable<BulkEdit['filter']>

/** Partners by their ids, or so many that a filter lets through, from where the call before ended. */
export type Left =
  | { readonly ids: readonly string[] }
  | { readonly filter: BulkFilter; readonly expected: number; readonly cursor?: string }

/** How far an edit or a deletion of many has come. A step that fails changes nothing here, and can be made again. */
export interface Progress {
  readonly done: number
  /** Null once nothing is left to do. */
  readonly left: Left | null
  /** What takes it back, from the first step on. */
  readonly undo: BulkEdited['undo'] | null
}

export const beginning = (left: Left): Progress => ({ done: 0, left, undo: null })
export const sizeOf = (left: Left | null) =>
  left === null ? 0 : 'ids' in left ? left.ids.length : left.expected

/** Sets the same on up to a thousand partners more. */
export async function editStep({ done, left, undo }: Progress, set: Assignment): Promise<Progress> {
  if (left === null) return { done, left, undo }
  const json = { ...selectionOf(left), set, ...(undo && { undo: undo.id }) }
  const answer: BulkEdited = await answerOf(api.partners.bulk.$post({ json }))
  const { updated, remaining, nextCursor } = answer
  const more = remaining > 0 && nextCursor !== null ? { expected: remaining, cursor: nextCursor } : null
  return { done: done + updated, left: rest(left, more), undo: answer.undo }
}

/** Deletes up to a thousand partners more. Those that are deleted match no more, so a filter needs no cursor. */
export async function deleteStep({ done, left, undo }: Progress): Promise<Progress> {
  if (left === null) return { done, left, undo }
  const answer: BulkDeleted = await answerOf(api.partners.delete.$post({ json: selectionOf(left) }))
  const more = answer.remaining > 0 ? { expected: answer.remaining } : null
  return { done: done + answer.deleted, left: rest(left, more), undo }
}

export const undoStep = (id: string): Promise<BulkUndone> =>
  answerOf(api.partners.bulk[':id'].undo.$post({ param: { id } }))

const selectionOf = (left: Left) => ('ids' in left ? { ids: left.ids.slice(0, BULK_MAX) } : left)

function rest(left: Left, more: { expected: number; cursor?: string } | null): Left | null {
  if ('ids' in left) return left.ids.length > BULK_MAX ? { ids: left.ids.slice(BULK_MAX) } : null
  return more && { filter: left.filter, ...more }
}
