import { useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useFormChanges } from '#web/admin/applications/forms-queries.ts'
import { reasonAgainst } from '#web/me.ts'
import type { BoundField } from '#web/ui/use-form.ts'
import { adviceOf, problemsOf } from '#worker/applications/problems.ts'
import type { Form } from '#worker/applications/schema.ts'
import type { Me } from '#worker/auth/schema.ts'
import { bodyOf } from './draft.ts'
import { BUILDER_PARTS, type BuilderPart, builderPartOf, faultyIds, placeAt } from './faults.ts'
import { focusPlace } from './focus-place.ts'
import { useFormDraft } from './use-form-draft.ts'

/** A part of the builder, or on narrow screens the preview. */
export type ShownPart = BuilderPart | 'preview'

/** Something that keeps the form from being published, and where. */
export interface Problem {
  place: string
  detail: string
}

/** All that the parts of the builder share. */
export function useBuilder(me: Me, form: Form) {
  const editor = useFormDraft(me.user.id, form)
  const changes = useFormChanges()
  const { path, query, route } = useLocation()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const { draft } = editor
  const { slackWebhookHint } = form.notifications
  const { problems, advice } = useMemo(() => {
    const body = bodyOf(draft)
    const whole = { ...body, notifications: { ...body.notifications, slackWebhookHint } }
    const placed = (all: readonly { pointer: string; detail: string }[]): Problem[] =>
      all.map(({ pointer, detail }) => ({ place: placeAt(draft.sections, pointer) ?? 'sections', detail }))
    return { problems: placed(problemsOf(body)), advice: placed(adviceOf(whole)) }
  }, [draft, slackWebhookHint])
  const part = partNamed(query.part)
  const show = (next: ShownPart) => {
    // Going back would leave the page, as long as something is unsaved.
    if (next !== part) route(`${path}?part=${next}`, editor.unsaved)
  }
  const setOpenAll = (ids: readonly string[], isOpen: boolean) =>
    setOpen((before) =>
      isOpen ? new Set([...before, ...ids]) : new Set([...before].filter((id) => !ids.includes(id))),
    )
  /** Opens what holds a place, and gives it the focus. */
  const goTo = (place: string) => {
    setOpenAll(faultyIds({ [place]: '' }), true)
    show(builderPartOf(place))
    focusPlace(place)
  }
  /** Binds a control to its place. */
  const bind = (place: string, value: string, set: (value: string) => void): BoundField => ({
    name: place,
    value,
    error: editor.faults[place],
    set,
  })
  return {
    ...editor,
    me,
    refusal: reasonAgainst(me, 'manager'),
    changes,
    problems,
    /** What it would be better with. */
    advice,
    part,
    show,
    isOpen: (id: string) => open.has(id),
    setOpen: (id: string, isOpen: boolean) => setOpenAll([id], isOpen),
    goTo,
    bind,
  }
}

export type BuilderState = ReturnType<typeof useBuilder>

const partNamed = (name: string | undefined): ShownPart =>
  name === 'preview' ? 'preview' : (BUILDER_PARTS.find((part) => part === name) ?? 'questions')
