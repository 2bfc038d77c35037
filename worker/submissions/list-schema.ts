import * as z from 'zod'
import { id, Page } from '#worker/http/schema.ts'
import { several } from '#worker/partners/list-schema.ts'
import { oneOf } from '#worker/partners/schema.ts'
import { SUBMISSION_STATES } from './terms.ts'

const forms = several(id('frm'))

/** What narrows the list: values of one filter are alternatives, filters combine. */
export const SubmissionFilter = z.object({
  state: several(oneOf(SUBMISSION_STATES)),
  form: forms,
  /** Any part of the company's name or domain, or of the contact's name or e-mail. */
  search: z.string().max(200, 'Search for 200 characters at most.').optional(),
  /** Suspected ones are apart: a list has them or the others. */
  suspected: oneOf(['true', 'false']).default('false'),
})
export type SubmissionFilter = z.output<typeof SubmissionFilter>

/** Query of `GET /api/submissions`. */
export const SubmissionQuery = z.object({ ...SubmissionFilter.shape, ...Page.shape })
export type SubmissionQuery = z.output<typeof SubmissionQuery>

/** Query of `GET /api/submissions/counts`. */
export const SubmissionCountsQuery = z.object({ form: forms })
export type SubmissionCountsQuery = z.output<typeof SubmissionCountsQuery>
