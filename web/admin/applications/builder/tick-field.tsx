import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface Props {
  label: string
  name?: string
  hint?: ComponentChildren
  checked: boolean
  set: (checked: boolean) => void
}

/** Something that is so or not. */
export function TickField({ label, name, hint, checked, set }: Props) {
  const id = useId()
  return (
    <div class="tick-field">
      <input
        id={id}
        type="checkbox"
        {...(name ? { name } : {})}
        checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ currentTarget }) => set(currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
    </div>
  )
}
