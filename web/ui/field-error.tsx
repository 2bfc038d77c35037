import { CircleAlert } from 'lucide-preact'
import type { ComponentChildren } from 'preact'

/** What is wrong with a group of fields, where no single field can say it. */
export function FieldError({ id, children }: { id?: string; children: ComponentChildren }) {
  if (!children) return null
  return (
    <div class="field">
      <p {...(id ? { id } : {})} class="error" data-form-message tabIndex={-1}>
        <CircleAlert size={14} aria-hidden="true" />
        <span>{children}</span>
      </p>
    </div>
  )
}
