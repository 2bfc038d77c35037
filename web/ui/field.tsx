import { CircleAlert } from 'lucide-preact'
import type { ComponentChildren, VNode } from 'preact'
import { useId } from 'preact/hooks'
import './field.css'

export interface FieldProps {
  label: string
  hint?: ComponentChildren
  error?: ComponentChildren
  /** Unsaid where nearly every field is. */
  optional?: boolean | 'unsaid'
}

/** What ties a control to its label, hint and error. */
export interface ControlProps {
  id: string
  class: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

interface Props extends FieldProps {
  children: (control: ControlProps) => VNode
}

export function Field({ label, hint, error, optional, children }: Props) {
  const id = useId()
  const hintId = hint ? `${id}-hint` : ''
  const errorId = error ? `${id}-error` : ''
  return (
    <div class="field">
      <label for={id}>
        {label} {optional === true && <span class="optional">optional</span>}
      </label>
      {children({
        id,
        class: 'control',
        'aria-describedby': `${errorId} ${hintId}`.trim() || undefined,
        'aria-invalid': error ? 'true' : undefined,
      })}
      {error && (
        <p id={errorId} class="error">
          <CircleAlert size={14} aria-hidden="true" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p id={hintId} class="hint">
          {hint}
        </p>
      )}
    </div>
  )
}
