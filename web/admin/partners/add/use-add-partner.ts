import { useEffect, useRef, useState } from 'preact/hooks'
import { type Existing, existingOf } from '#web/admin/partners/known-partner.tsx'
import { api } from '#web/api.ts'
import { answerOf, explain, isNetworkLoss, isProblem } from '#web/problem.ts'
import type { Failure } from '#web/ui/place-errors.ts'
import { useForm } from '#web/ui/use-form.ts'
import type { Partner } from '#worker/partners/schema.ts'
import { dropDraft, saveDraft, savedDraft } from './draft.ts'
import { createKeyring } from './idempotency-key.ts'
import {
  beginningOf,
  bodyOf,
  type Draft,
  type DraftField,
  FIELDS,
  isBegun,
  missing,
  type Source,
} from './new-partner.ts'

/** The state of the drawer: its form, and all that keeps one partner from becoming two or none. */
export function useAddPartner(userId: string, onAdded: (partner: Partner) => void, from?: Source) {
  const submissionId = from?.submissionId
  const [beginning] = useState(() => beginningOf(from))
  const keyFor = useRef(createKeyring()).current
  const [restored, forget] = useState(() => savedDraft(userId, beginning, submissionId))
  const [existing, setExisting] = useState<Existing | null>(null)
  const [lost, setLost] = useState(false)

  const explainHere = (error: unknown): Failure => {
    setLost(isNetworkLoss(error))
    if (!isProblem(error, 'duplicate-domain')) return explain(error)
    const found = existingOf(error)
    setExisting(found)
    const detail = found ? `${found.name} has this domain already.` : error.message
    return { message: '', errors: [{ pointer: '/domain', detail }] }
  }

  const form = useForm<DraftField>({
    initial: restored,
    check: missing,
    submit: async (draft: Draft) => {
      const body = bodyOf(draft, submissionId)
      if (!body) return
      const headers = { 'Idempotency-Key': keyFor(body) }
      const partner = await answerOf(api.partners.$post({ json: body }, { headers }))
      dropDraft(userId, submissionId)
      onAdded(partner)
    },
    explain: explainHere,
  })

  const { values } = form
  const unsaved = isBegun(values, beginning)
  useEffect(() => {
    if (unsaved) saveDraft(userId, values, submissionId)
    else dropDraft(userId, submissionId)
  }, [userId, submissionId, unsaved, values])
  const set = (field: DraftField, value: string) => {
    if (field === 'domain') setExisting(null)
    form.set(field, value)
  }
  /** What was typed before a reload or a sign-in, and is not saved yet. */
  const isRestored = unsaved && isBegun(restored, beginning)
  const restart = () => {
    forget(beginning)
    for (const field of FIELDS) set(field, beginning[field])
  }
  return {
    form,
    set,
    existing,
    lost,
    unsaved,
    isRestored,
    restart,
    drop: () => dropDraft(userId, submissionId),
  }
}
