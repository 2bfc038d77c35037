import { CircleAlert } from 'lucide-preact'
import { useId } from 'preact/hooks'
import { Bar } from '#web/ui/bar.tsx'
import { Select } from '#web/ui/select-field.tsx'
import type { BoundField } from '#web/ui/use-form.ts'
import { type FIT_PRESETS, presetOf } from './presets.ts'
import { type RuleField, type RuleValues, weightIn } from './rules.ts'
import { factorsOf, type Scale } from './scales.ts'

interface Props {
  scale: Scale
  presets: typeof FIT_PRESETS
  field: (name: RuleField) => BoundField
  values: RuleValues
}

const PERCENT = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })
const SUM = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })
const OWN = 'own'

/** The weights of a score: what each factor counts beside the others. */
export function WeightsCard({ scale, presets, field, values }: Props) {
  const id = useId()
  const weightOf = (name: RuleField) => weightIn(values[name]) ?? 0
  const sumOf = (factors: ReturnType<typeof factorsOf>) =>
    factors.reduce((sum, factor) => sum + weightOf(factor.field), 0)
  const factors = factorsOf(scale)
  const sum = sumOf(factors)
  const most = Math.max(...factors.map((factor) => weightOf(factor.field)))
  const shareOf = (weight: number) => (sum === 0 ? 0 : weight / sum)
  const chosen = presetOf(presets, (name) => weightIn(values[name]))
  const choose = (value: string) => {
    const weights = presets.find((preset) => preset.value === value)?.weights ?? {}
    for (const factor of factors) field(factor.field).set(String(weights[factor.field] ?? 0))
  }
  return (
    <section class="card weights" aria-labelledby={id}>
      <div class="weights-head">
        <h2 id={id}>{scale.title}</h2>
        <Select
          aria-label={`Preset: ${scale.title.toLowerCase()}`}
          value={chosen ?? OWN}
          options={[...presets, ...(chosen ? [] : [{ value: OWN, label: 'Your own weights' }])]}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      </div>
      <p class="muted">{scale.about}</p>
      {scale.dimensions.map((dimension) => (
        <fieldset key={dimension.label} class="dimension">
          <legend>
            <span>{dimension.label}</span>
            <span class="muted">{dimension.about}</span>
            <span class="number">{PERCENT.format(shareOf(sumOf([...dimension.factors])))}</span>
          </legend>
          {dimension.factors.map((factor) => (
            <WeightRow
              key={factor.field}
              label={factor.label}
              bound={field(factor.field)}
              share={shareOf(weightOf(factor.field))}
              length={most === 0 ? 0 : weightOf(factor.field) / most}
            />
          ))}
        </fieldset>
      ))}
      <p class="weights-sum">
        <span>Sum of the weights</span>
        <strong class="number">{SUM.format(sum)}</strong>
        <span class="muted">It need not be 100: what counts is each weight’s share of it.</span>
      </p>
    </section>
  )
}

interface RowProps {
  label: string
  bound: BoundField
  share: number
  /** Of the bar, beside the longest. */
  length: number
}

function WeightRow({ label, bound: { name, value, error, set }, share, length }: RowProps) {
  const id = useId()
  return (
    <div class="weight">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="control number"
        type="number"
        min={0}
        max={100}
        inputMode="decimal"
        name={name}
        value={value}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : `${id}-share`}
        onInput={(event) => set(event.currentTarget.value)}
      />
      <Bar share={length} />
      <span id={`${id}-share`} class="number muted">
        {shareInWords(weightIn(value), share)}
      </span>
      {error && (
        <p id={`${id}-error`} class="error">
          <CircleAlert size={14} aria-hidden="true" />
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}

function shareInWords(weight: number | null, share: number): string {
  if (weight === null) return '–'
  return weight === 0 ? 'left out' : PERCENT.format(share)
}
