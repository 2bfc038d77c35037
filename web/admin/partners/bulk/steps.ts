import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type { Assignment, BulkDeleted, BulkEdit, BulkEdited, BulkUndone } from '#worker/bulk/schema.ts'
import { BULK_MAX, UNDO_MINUTES } from '#worker/bulk/terms.ts'

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
  /** What takes an edit back. Chosen here, so that it is known even where no answer comes. */
  readonly undo: BulkEdited['undo']
  /** The last step got no answer, and may have been made all the same. */
  readonly unheard: boolean
}

export const beginning = (left: Left): Progress => ({ done: 0, left, undo: newUndo(), unheard: false })

/** 130 random bits in the letters of an id. */
export const newUndo = (): BulkEdited['undo'] => ({
  id: `blk_${Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => LETTERS[byte % 32]).join('')}`,
  until: new Date(Date.now() + UNDO_MINUTES * 60_000).toISOString(),
})
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

export const sizeOf = (left: Left | null) =>
  left === null ? 0 : 'ids' in left ? left.ids.length : left.expected

/** Sets the same on up to a thousand partners more. */
export async function editStep(progress: Progress, set: Assignment): Promise<Progress> {
  const { done, left, undo } = progress
  if (left === null) return progress
  const json = { ...selectionOf(left), set, undo: undo.id }
  const answer: BulkEdited = await answerOf(api.partners.bulk.$post({ json }))
  const { updated, remaining, nextCursor } = answer
  const more = remaining > 0 && nextCursor !== null ? { expected: remaining, cursor: nextCursor } : null
  return { done: done + updated, left: rest(left, more), undo: answer.undo, unheard: false }
}

/** Deletes up to a thousand partners more. Those that are deleted match no more, so a filter needs no cursor. */
export async function deleteStep(progress: Progress): Promise<Progress> {
  const { done, left } = progress
  if (left === null) return progress
  const answer: BulkDeleted = await answerOf(api.partners.delete.$post({ json: selectionOf(left) }))
  const more = answer.remaining > 0 ? { expected: answer.remaining } : null
  return { ...progress, done: done + answer.deleted, left: rest(left, more) }
}

export const undoStep = (id: string): Promise<BulkUndone> =>
  answerOf(api.partners.bulk[':id'].undo.$post({ param: { id } }))

const selectionOf = (left: Left) => ('ids' in left ? { ids: left.ids.slice(0, BULK_MAX) } : left)

function rest(left: Left, more: { expected: number; cursor?: string } | null): Left | null {
  if ('ids' in left) return left.ids.length > BULK_MAX ? { ids: left.ids.slice(BULK_MAX) } : null
  return more && { filter: left.filter, ...more }
}
