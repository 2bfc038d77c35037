import * as z from 'zod'

/** Lone surrogates and NUL do not survive SQLite unchanged, so they are refused instead of altered. */
export const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0')
export const isOneLine = (text: string) => !/[\p{Cc}\u2028\u2029]/u.test(text)
/** Some letters are fillers that nothing is drawn for; Unicode calls them ignorable. */
export const isVisible = (text: string) =>
  text === '' || /[\p{L}\p{N}\p{S}\p{P}]/u.test(text.replace(/\p{DI}/gu, ''))

/** Text of several lines, trimmed. */
export const text = (max: number) =>
  z
    .string('Enter text.')
    .max(max, `Use ${max.toLocaleString('en')} characters at most.`)
    .refine(isStorable, 'Remove the characters that cannot be stored.')
    .transform((value) => value.trim())

/** Text of one line, trimmed; may be empty. */
export const line = (max: number) =>
  text(max)
    .refine(isOneLine, 'Use a single line without control characters.')
    .refine(isVisible, 'Enter at least one visible character.')

/** A name: one line, 1 to 200 characters, at least one of them visible. */
export const Name = line(200).refine((value) => value !== '', 'Enter a name.')

/** Up to 10,000 characters over several lines. */
export const LongText = text(10_000)

/**
 * An e-mail address in its one normal form: trimmed and lower-cased. ASCII only, so that two addresses which look alike
 * can never be two accounts.
 */
export const Email = z
  .string('Enter an e-mail address.')
  .max(254, 'Use 254 characters at most.')
  .transform((value) => value.trim().toLowerCase())
  .pipe(
    z
      .string()
      .min(1, 'Enter an e-mail address.')
      .pipe(z.email('Enter an e-mail address such as ada@acme.com.'))
      .refine((value) => value.indexOf('@') <= 64, 'The part before the @ is too long.'),
  )

/** `prt_` and a ULID in lower case, 30 characters. */
export const id = (prefix: string) =>
  z.string('Enter an id.').regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`), 'This id is not known.')

/** Query of every list. */
export const Page = z.object({
  /** Opaque: `nextCursor` of the page before. */
  cursor: z
    .string('Start again from the first page.')
    .max(1_000, 'Start again from the first page.')
    .optional(),
  /** Rows per page. */
  limit: z
    .string('Enter a number from 1 to 200.')
    .regex(/^\d{1,3}$/, 'Enter a number from 1 to 200.')
    .default('50')
    .transform(Number)
    .pipe(z.number().min(1, 'Enter a number from 1 to 200.').max(200, 'Enter a number from 1 to 200.')),
})
export type Page = z.infer<typeof Page>
