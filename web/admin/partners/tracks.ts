import type { Program } from '#worker/program/schema.ts'

/** The tracks that a partner of this type can be in. */
export const tracksFor = (tracks: Program['tracks'], type: string) =>
  tracks.filter(({ types }) => types.some((one) => one === type))
