import * as z from 'zod'
import type { AlertChannel, QuestionType } from '#worker/applications/terms.ts'
import { LongText, text } from '#worker/http/schema.ts'
import {
  type EventKind,
  REJECTION_REASONS,
  type RejectionReason,
  SUBMISSION_STATES,
  type SubmissionState,
  type Suspicion,
} from './terms.ts'

/** An answer as an applicant's program sends it; an absent question is an empty answer. */
export const GivenAnswer = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).max(100)])
export type GivenAnswer = z.output<typeof GivenAnswer>

/** JSON body of `POST /apply/{slug}`. */
export const NewSubmission = z.strictObject({
  answers: z.record(z.string().max(40), GivenAnswer),
  /** Ids of the agreement sections that were accepted. */
  agreements: z.array(text(40)).max(100),
  token: text(500),
  /** Filled in by programs only: people do not see it. */
  trap: text(1_000).optional(),
  /** Seconds from the opening of the page to the sending, as its script counted them. */
  seconds: z.number().min(0).max(1e9).optional(),
  /** What Turnstile gave the page. */
  turnstile: text(2_048).optional(),
})
export type NewSubmission = z.output<typeof NewSubmission>

/** An answer as it is stored: text, number, day, country, option ids, yes or no. Empty answers are not stored. */
export const StoredAnswer = z.object({ questionId: z.string(), value: GivenAnswer })
export type StoredAnswer = z.output<typeof StoredAnswer>

/** Body of `PATCH /api/submissions/{id}`. A reason goes with a rejection; a note is added to those that there are. */
export const SubmissionChange = z.strictObject({
  state: z.enum(SUBMISSION_STATES).optional(),
  reason: z.enum(REJECTION_REASONS).nullable().optional(),
  note: LongText.optional(),
  suspected: z.literal(false, 'A submission can only be said not to be spam.').optional(),
  version: z.int('Send the version that you saw.').min(0),
})
export type SubmissionChange = z.output<typeof SubmissionChange>

/** A row of `GET /api/submissions`. */
export interface SubmissionRow {
  id: string
  formId: string
  formName: string
  formVersion: number
  state: SubmissionState
  suspected: boolean
  unread: boolean
  companyName: string | null
  companyDomain: string | null
  contactName: string | null
  contactEmail: string | null
  submittedAt: string
  partnerId: string | null
  version: number
}

export interface SubmissionPage {
  items: SubmissionRow[]
  nextCursor: string | null
  total: number | null
}

/** Answer of `GET /api/submissions/counts`, of one form or of all. */
export interface SubmissionCounts {
  new: number
  approved: number
  rejected: number
  suspected: number
  unread: number
}

export interface Person {
  id: string
  name: string
}

/** Answer of `GET /api/submissions/{id}`. */
export interface Submission extends SubmissionRow {
  /** In the wording and order of the version that the applicant saw; unanswered questions have null. */
  answers: {
    questionId: string
    label: string
    type: QuestionType
    /** The section that it stands in. */
    section: string
    value: GivenAnswer | null
    /** For people: labels of options, names of countries, days and numbers in English. */
    display: string
  }[]
  agreements: {
    sectionId: string
    title: string
    text: string
    sha256: string
    documentUrl: string | null
    documentSha256: string | null
    acceptedAt: string
    country: string | null
  }[]
  notes: { id: string; text: string; author: Person; at: string }[]
  /** Oldest first; the first is its arrival. */
  history: {
    id: string
    kind: EventKind | 'submitted'
    from: SubmissionState | null
    to: SubmissionState | null
    reason: RejectionReason | null
    by: Person | null
    at: string
  }[]
  deliveries: {
    id: string
    channel: AlertChannel
    to: string
    state: 'pending' | 'done' | 'failed'
    attempts: number
    nextTryAt: string | null
    lastError: string | null
    doneAt: string | null
    /** How many applications its message told of, where that was a digest. */
    digestOf: number | null
  }[]
  /** Earlier and later applications of the same domain, newest first. */
  related: Pick<SubmissionRow, 'id' | 'formId' | 'formName' | 'state' | 'companyName' | 'submittedAt'>[]
  /** The partner of the same domain, whether or not it was made from this submission. */
  existingPartner: Person | null
  suspicions: Suspicion[]
  /** When a suspected one is deleted. */
  keptUntil: string | null
  /** What the create drawer is filled in with. */
  prefill: { name: string; domain: string; firstName: string; lastName: string; email: string }
}
