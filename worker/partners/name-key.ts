/** A name as it sorts: without case, accents and width, so that Émile stands beside Emil. */
export const nameKey = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
