import { useEffect, useState } from 'preact/hooks'
import type { Failure } from '#web/ui/place-errors.ts'
import type { Form } from '#worker/applications/schema.ts'
import { changedParts, draftOf, type FormDraft, type FormPart, type Sections } from './draft.ts'
import { dropEditing, type FormEditing, savedEditing, saveEditing } from './draft-storage.ts'
import { type Faults, placed, visiblyWrong } from './faults.ts'
import { merged } from './merge.ts'

const begun = (form: Form): FormEditing => {
  const draft = draftOf(form)
  return { basis: { version: form.version, draft }, draft }
}

/** The state of the builder: the form as it is edited, where that began, and what the server said against it. */
export function useFormDraft(userId: string, form: Form) {
  const [restored] = useState(() => savedEditing(userId, form.id))
  const [editing, setEditing] = useState(() => restored ?? begun(form))
  const { draft, basis } = editing
  const changed = changedParts(basis.draft, draft)
  const unsaved = changed.length > 0
  const refusals = useRefusals()
  const [otherPerson, setOtherPerson] = useState('')

  useEffect(() => {
    if (unsaved) saveEditing(userId, form.id, editing)
    else dropEditing(userId, form.id)
  }, [userId, form.id, unsaved, editing])
  useEffect(() => {
    // While nothing was touched, what others have saved since is simply shown.
    if (!unsaved && form.version > basis.version) setEditing(begun(form))
  })

  const change = (place: string | null, next: (draft: FormDraft) => FormDraft) => {
    if (place) refusals.forget(place)
    setEditing((now) => ({ ...now, draft: next(now.draft) }))
  }
  return {
    faults: refusals.faults,
    message: refusals.message,
    fail: (failure: Failure) => refusals.fail(draft, failure),
    /** What can be seen to be wrong before anything is sent, which is then said at its fields; null when nothing is. */
    findWrong: (): Faults | null => {
      const errors = visiblyWrong(draft)
      if (errors.length > 0) return refusals.fail(draft, { message: '', errors })
      refusals.clear()
      return null
    },
    form,
    /** Who saved meanwhile, where the server has said so. */
    otherPerson,
    setOtherPerson,
    draft,
    basis,
    changed,
    unsaved,
    /** Somebody else saved while this was edited. */
    isBehind: unsaved && form.version > basis.version,
    /** What was edited before a reload or a sign-in, and is not saved yet. */
    isRestored: restored !== null && unsaved && basis.version === restored.basis.version,
    /** Changes the draft as it then is; whatever was wrong at this place is no longer said. */
    change,
    changeSections: (place: string | null, next: (sections: Sections) => Sections) =>
      change(place, (now) => ({ ...now, sections: next(now.sections) })),
    /** Begins from what is saved. Answers the way back. */
    restart: (from: Form = form): (() => void) => {
      refusals.clear()
      setEditing(begun(from))
      return () => setEditing(editing)
    },
    /** Goes on from what is saved now with what was changed here, except for the parts that are given up. */
    goOn: (from: Form, givenUp: readonly FormPart[] = []) =>
      setEditing((now) => {
        const theirs = begun(from)
        return { ...theirs, draft: merged(now.basis.draft, now.draft, theirs.draft, givenUp) }
      }),
    /** An upload was saved by itself. Had somebody else saved before it, that is still for `isBehind` to say. */
    takeUpload: (saved: Form) =>
      setEditing((now) => {
        if (saved.version !== now.basis.version + 1) return now
        const next = begun(saved)
        return { ...next, draft: merged(now.basis.draft, now.draft, next.draft, []) }
      }),
    /** What was sent is saved; what was changed since then is not. */
    saved: (from: Form, sent: FormDraft) =>
      setEditing((now) => {
        const next = begun(from)
        return { ...next, draft: merged(sent, now.draft, next.draft, []) }
      }),
    drop: () => dropEditing(userId, form.id),
  }
}

/** What was refused, each at its place. */
function useRefusals() {
  const [faults, setFaults] = useState<Faults>({})
  const [message, setMessage] = useState('')
  return {
    faults,
    message,
    fail: (draft: FormDraft, failure: Failure): Faults => {
      const found = placed(draft, failure)
      setFaults(found.faults)
      setMessage(found.message)
      return found.faults
    },
    forget: (place: string) => setFaults(({ [place]: _, ...others }) => others),
    clear: () => {
      setFaults({})
      setMessage('')
    },
  }
}
