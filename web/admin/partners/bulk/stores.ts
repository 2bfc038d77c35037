import { createStore } from '#web/ui/store.ts'

/** An edit of many, or its undoing, while it takes its calls. It goes on when one leaves the directory. */
export interface Work {
  kind: 'edit' | 'undo'
  total: number
  done: number
  /** It ends after the call that is under way. */
  stopping: boolean
  /** Why it waits for a decision. */
  failure: { message: string; again: string | null; retry: () => void; end: () => void } | null
}

/** The last edit of many, for as long as it can be taken back. */
export interface LastEdit {
  id: string
  /** Unix ms */
  until: number
  words: string
  count: number
}

export const work = createStore<Work | null>(null)
export const lastEdit = createStore<LastEdit | null>(null)
