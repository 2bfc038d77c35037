import { useId } from 'preact/hooks'
import type { BoundField } from './use-form.ts'
import './segments.css'

interface Props extends BoundField {
  label: string
  hint?: string | undefined
  /** What the lowest and the highest number mean. */
  ends: readonly [string, string]
}

const STEPS = ['1', '2', '3', '4', '5']

/** One of five, or none. */
export function ScaleField({ label, hint, error, name, value, set, ends }: Props) {
  const id = useId()
  const [lowest, highest] = ends
  const words: Record<string, string> = { '': 'not set', '1': `1, ${lowest}`, '5': `5, ${highest}` }
  const about = error || hint ? `${id}-about` : undefined
  return (
    <fieldset class="field scale" aria-describedby={about}>
      <legend>{label}</legend>
      <div class="segments">
        {['', ...STEPS].map((step) => (
          <label key={step} data-tip={words[step]}>
            <input
              class="sr-only"
              type="radio"
              name={`${id}-${name}`}
              value={step}
              checked={step === value}
              aria-label={words[step] ?? step}
              onChange={() => set(step)}
            />
            {step || '–'}
          </label>
        ))}
      </div>
      {about && (
        <p id={about} class={error ? 'error' : 'hint'}>
          {error ?? hint}
        </p>
      )}
    </fieldset>
  )
}
