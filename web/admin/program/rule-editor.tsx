import { Trash2 } from 'lucide-preact'
import { TagsField } from '#web/admin/partners/tags-field.tsx'
import { IconButton } from '#web/ui/button.tsx'
import { ChipsField } from '#web/ui/chips-field.tsx'
import { Field } from '#web/ui/field.tsx'
import { type Option, Select } from '#web/ui/select-field.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { METRICS, type Metric, OP_LABELS } from '#worker/program/terms.ts'
import { bodyOfRule, kindOf, opsOf, type RuleDraft, withMetric } from './draft.ts'
import { type Faults, placeOf } from './faults.ts'
import { metricNamed, optionsOf, ruleWords } from './rule-words.ts'

interface Props {
  rule: RuleDraft
  number: number
  faults: Faults
  change: (place: string, next: (rule: RuleDraft) => RuleDraft) => void
  remove: () => void
}

const GROUPS: readonly (readonly [group: string, metrics: readonly Metric[]])[] = [
  ['Scores', ['fit', 'health']],
  ['Results', ['revenue', 'revenueAttainment', 'pipeline']],
  ['Relationship', ['monthsActive', 'activeContacts', 'certifications', 'profileCompleteness']],
  ['Profile', ['stage', 'type', 'region', 'industry', 'tags']],
]
const METRIC_OPTIONS: readonly Option[] = GROUPS.flatMap(([group, metrics]) =>
  metrics.map((metric) => ({ value: metric, label: METRICS[metric].label, group })),
)
/** Nobody has these before there is a plan to read them from. */
const FROM_PLAN: readonly Metric[] = ['revenue', 'revenueAttainment', 'pipeline']

/** One condition: what is asked about, how it is compared, and with what. */
export function RuleEditor({ rule, number, faults, change, remove }: Props) {
  const { key, metric, op } = rule
  const at = (field: string) => placeOf(key, field)
  const words = ruleWords(bodyOfRule(rule))
  return (
    <fieldset class="rule">
      <legend class="sr-only">
        Rule {number}: {words}
      </legend>
      <Field label="Metric" error={faults[at('metric')]}>
        {(control) => (
          <Select
            {...control}
            value={metric}
            options={METRIC_OPTIONS}
            onChange={(event) => {
              const next = metricNamed(event.currentTarget.value)
              if (next) change(at('value'), (now) => withMetric(now, next))
            }}
          />
        )}
      </Field>
      <Field label="Comparison" error={faults[at('op')]}>
        {(control) => (
          <Select
            {...control}
            value={op}
            options={opsOf(metric).map((one) => ({ value: one, label: OP_LABELS[one] }))}
            onChange={(event) => {
              const next = opsOf(metric).find((one) => one === event.currentTarget.value)
              if (next) change(at('value'), (now) => ({ ...now, op: next }))
            }}
          />
        )}
      </Field>
      <ValueField
        rule={rule}
        error={faults[at('value')]}
        change={(part) => change(at('value'), (now) => ({ ...now, ...part }))}
      />
      <IconButton label={`Remove rule ${number}: ${words}`} onClick={remove}>
        <Trash2 size={14} aria-hidden="true" />
      </IconButton>
      {FROM_PLAN.includes(metric) && (
        <p class="rule-note muted">
          Read from the joint plan: a partner without one does not meet this rule.
        </p>
      )}
    </fieldset>
  )
}

interface ValueProps {
  rule: RuleDraft
  error: string | undefined
  change: (part: Partial<RuleDraft>) => void
}

/** The control that fits the metric and its comparison. */
function ValueField({ rule: { metric, op, low, high, chosen }, error, change }: ValueProps) {
  const several = {
    label: 'Values',
    error,
    values: chosen,
    setValues: (values: string[]) => change({ chosen: values }),
  }
  if (kindOf(metric) === 'tags') return <TagsField {...several} placeholder="Type a tag, then Enter…" />
  if (kindOf(metric) === 'choice') {
    const options = optionsOf(metric)
    return (
      <ChipsField
        {...several}
        options={options}
        accept={(typed) =>
          options.find(({ label }) => label.toLowerCase() === typed.toLowerCase())?.value ?? null
        }
        refusal="Choose one that is offered."
        placeholder="Choose…"
      />
    )
  }
  const unit = METRICS[metric].unit === '%' ? ' in percent' : ''
  const number = (label: string, name: 'low' | 'high', fault: string | undefined) => (
    <TextField
      label={`${label}${unit}`}
      name={name}
      inputmode="numeric"
      autocomplete="off"
      value={name === 'low' ? low : high}
      error={fault}
      set={(text) => change({ [name]: text })}
    />
  )
  return (
    <div class="numbers">
      {number(op === 'between' ? 'From' : 'Value', 'low', error)}
      {op === 'between' && <span aria-hidden="true">and</span>}
      {op === 'between' && number('To', 'high', undefined)}
      {unit && <span aria-hidden="true">%</span>}
    </div>
  )
}
