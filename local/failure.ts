/** Something that the person at the keyboard can put right; shown as one line, without a stack. */
export class Failure extends Error {}

const REASONS: Record<string, string> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'part of the path is a file',
  EEXIST: 'there is a file of that name',
  ENOENT: 'the path does not exist',
}

export const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Why the file system refused, in words. */
export const reasonOf = (error: unknown) =>
  REASONS[codeOf(error)] ?? (error instanceof Error ? firstLine(error.message) : String(error))

/** What to print for an error that ends the program: a line for a failure, all there is for a bug of ours. */
export function describe(error: unknown) {
  if (error instanceof Failure) return firstLine(error.message)
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

export const firstLine = (text: string) => text.trim().split('\n')[0] ?? ''
