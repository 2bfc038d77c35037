import type { ComponentChildren, TargetedSubmitEvent } from 'preact'
import { focusSoon } from '#web/ui/focus.ts'
import { openerOf } from './focus.ts'
import './editor.css'
import type { ProgramDraft } from './use-program-draft.ts'

interface Props {
  draft: ProgramDraft
  /** The key of what is edited. */
  name: string
  label: string
  class: string
  children: ComponentChildren
}

/** The form of one track or tier. What is entered counts at once; Enter, Escape or *Done* fold it up again. */
export function EditorForm({ draft, name, label, class: className, children }: Props) {
  const fold = () => {
    draft.setOpen(name, false)
    focusSoon(openerOf(name))
  }
  return (
    <form
      class={className}
      data-editor={name}
      aria-label={label}
      noValidate
      onSubmit={(event: TargetedSubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        fold()
      }}
      onKeyDown={(event) => {
        // Escape in an open list closes that list alone.
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        fold()
      }}
    >
      {children}
    </form>
  )
}
