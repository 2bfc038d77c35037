/** Longer names sort by their beginning: a cursor, which holds the key, stays under a kilobyte in every script. */
const KEY_MAX = 200

/** A name as it sorts: without case, accents and width, so that Émile stands beside Emil. */
export const nameKey = (name: string) =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().slice(0, KEY_MAX).toWellFormed()
