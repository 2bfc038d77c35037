import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { Button } from '#web/ui/button.tsx'
import { FieldError } from '#web/ui/field-error.tsx'

interface Props {
  legend: string
  place: string
  accept: string
  hint: string
  /** What the button says. */
  action: ComponentChildren
  unavailable?: string | undefined
  error?: string | undefined
  /** How much of it is sent, 0 to 1; null while nothing is. */
  share: number | null
  onChoose: (file: File) => void
  onStop: () => void
  /** What there is now. */
  children?: ComponentChildren
}

/** A file that is sent as soon as it is chosen. */
export function FileField({
  legend,
  place,
  accept,
  hint,
  action,
  unavailable,
  error,
  share,
  onChoose,
  onStop,
  children,
}: Props) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const isSending = share !== null
  return (
    <fieldset class="field file-field" data-place={place} aria-describedby={`${id}-hint`}>
      <legend>{legend}</legend>
      {children}
      <div class="file-actions">
        <input
          ref={input}
          class="sr-only"
          type="file"
          tabIndex={-1}
          aria-label={`${legend} file`}
          accept={accept}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0]
            // The same file can be chosen again after an error.
            currentTarget.value = ''
            if (file) onChoose(file)
          }}
        />
        <Button
          busy={isSending}
          unavailable={unavailable}
          aria-invalid={error ? 'true' : undefined}
          onClick={() => input.current?.click()}
        >
          {action}
        </Button>
        {isSending && <Button onClick={onStop}>Stop</Button>}
      </div>
      {isSending && <progress value={share} aria-label="Upload" />}
      <FieldError>{error}</FieldError>
      <p id={`${id}-hint`} class="hint">
        {hint}
      </p>
    </fieldset>
  )
}
