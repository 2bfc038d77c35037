/** Partners that one call edits or deletes, at most; for more, the caller calls again. */
export const BULK_MAX = 1_000
/** How long an edit of many partners can be taken back. */
export const UNDO_MINUTES = 10
