import type * as z from 'zod'

const BY_TYPE: Record<string, string> = {
  string: 'Enter text.',
  number: 'Enter a number.',
  int: 'Enter a whole number.',
  boolean: 'Choose yes or no.',
  array: 'Enter a list.',
  object: 'Fill this in.',
  record: 'Fill this in.',
}

/** What people read of a field whose schema has no words of its own for what is wrong. */
export const messageFor = (issue: z.core.$ZodRawIssue): string => {
  if (issue.code === 'invalid_type') return BY_TYPE[issue.expected] ?? 'Enter another value.'
  if (issue.code === 'too_big') return `Use ${Number(issue.maximum).toLocaleString('en')} at most.`
  if (issue.code === 'too_small') return `Use ${Number(issue.minimum).toLocaleString('en')} at least.`
  if (issue.code === 'invalid_value') return 'Choose one of the values offered.'
  return 'Enter another value.'
}
