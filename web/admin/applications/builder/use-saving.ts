import { useRef, useState } from 'preact/hooks'
import { ApiProblem, explain, isProblem } from '#web/problem.ts'
import { focusSoon } from '#web/ui/focus.ts'
import { toast } from '#web/ui/toast.tsx'
import { FORM_STATE_LABELS, type FormState } from '#worker/applications/terms.ts'
import { bodyOf, type FormDraft, type FormPart } from './draft.ts'
import type { Faults } from './faults.ts'
import type { BuilderState } from './use-builder.ts'

/** Saves what was changed, and with a state makes the form so. What is refused is said at its place. */
export function useSaving(builder: BuilderState) {
  const { changes, form, draft, basis, changed } = builder
  const [busy, setBusy] = useState(false)
  const underWay = useRef(false)

  const goToFirst = (faults: Faults) => {
    const [first] = Object.keys(faults)
    if (first) builder.goTo(first)
    else focusSoon('.builder [data-form-message]')
  }
  const refused = async (error: unknown) => {
    if (isProblem(error, 'stale')) {
      builder.setOtherPerson(authorIn(error.body.changes))
      return changes.reread(form.id)
    }
    const isTaken = isProblem(error, 'duplicate-slug') && error.errors.length === 0
    const failure = isTaken
      ? { message: '', errors: [{ pointer: '/slug', detail: 'Another form has this address already.' }] }
      : explain(error)
    goToFirst(builder.fail(failure))
  }
  const send = async (state?: FormState) => {
    const body = { ...partsOf(draft, changed), ...(state ? { state } : {}), version: basis.version }
    try {
      const saved = await changes.save(form.id, body)
      builder.saved(saved, draft)
      toast({ text: saidOf(saved.name, saved.state, state) })
      return true
    } catch (error) {
      // A dialog that asked for it shows what can only be said there.
      if (state && error instanceof ApiProblem && error.status === 0) throw error
      await refused(error)
      return false
    }
  }
  /** Whether it is saved. */
  const save = async (state?: FormState): Promise<boolean> => {
    if (underWay.current) return false
    const wrong = builder.findWrong()
    if (wrong) {
      goToFirst(wrong)
      return false
    }
    underWay.current = true
    setBusy(true)
    try {
      return await send(state)
    } finally {
      underWay.current = false
      setBusy(false)
    }
  }
  return { save, busy }
}

export type Saving = ReturnType<typeof useSaving>

/** The parts that were changed, as the server takes them. */
const partsOf = (draft: FormDraft, changed: readonly FormPart[]) => {
  const body = bodyOf(draft)
  return Object.fromEntries(changed.map((part) => [part, body[part]]))
}

function saidOf(name: string, state: FormState, wanted: FormState | undefined): string {
  if (wanted === 'published') return `${name} is published.`
  if (wanted) return `${name} is ${FORM_STATE_LABELS[wanted].toLowerCase()} now.`
  return state === 'published' ? `${name} is saved, and applicants see it now.` : `${name} is saved.`
}

/** Who made the last of the changes that a refusal lists. */
function authorIn(changes: unknown): string {
  const last: unknown = Array.isArray(changes) ? changes.at(-1) : null
  const by: unknown = typeof last === 'object' && last ? Reflect.get(last, 'by') : null
  const name: unknown = typeof by === 'object' && by ? Reflect.get(by, 'name') : null
  return typeof name === 'string' ? name : ''
}
