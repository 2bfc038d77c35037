import { formatCount } from '#web/format.ts'
import type { Option } from '#web/ui/select-field.tsx'
import type { Rule } from '#worker/program/schema.ts'
import {
  choicesOf,
  METRIC_NAMES,
  METRICS,
  type Metric,
  OP_LABELS,
  type Op,
  valueLabel,
} from '#worker/program/terms.ts'

/** The values that a metric of choices can have, by what they are called. */
export const optionsOf = (metric: Metric): Option[] =>
  choicesOf(metric).map((value) => ({ value, label: valueLabel(metric, value) }))

export const metricNamed = (name: string) => METRIC_NAMES.find((metric) => metric === name)

/** A value of a metric, in the product's words. */
function valueWords(name: string, value: string | number): string {
  const metric = metricNamed(name)
  if (typeof value === 'string') return metric ? valueLabel(metric, value) : value
  return `${formatCount(value)}${metric && METRICS[metric].unit === '%' ? '%' : ''}`
}

type Value = Rule['value'] | null

/** What a partner has: "62", "Nordics", "nothing known". */
export function actualWords(metric: string, value: Value): string {
  if (value === null) return 'not known'
  if (!Array.isArray(value)) return valueWords(metric, value)
  return value.length === 0 ? 'none' : value.map((one) => valueWords(metric, one)).join(', ')
}

/** What a rule asks for: "at least 75", "between 60 and 80", "any of Active, Scaling". */
export function neededWords({ metric, op, value }: { metric: string; op: Op; value: Rule['value'] }): string {
  const list = Array.isArray(value) ? value : [value]
  const words = list.map((one) => (one === '' ? '…' : valueWords(metric, one)))
  if (op === 'between') return `between ${words[0] ?? '…'} and ${words[1] ?? '…'}`
  return `${OP_LABELS[op]} ${words.join(', ') || '…'}`
}

export const metricLabel = (name: string) => {
  const metric = metricNamed(name)
  return metric ? METRICS[metric].label : name
}

/** A rule as one reads it: "Fit at least 75". */
export const ruleWords = (rule: { metric: string; op: Op; value: Rule['value'] }) =>
  `${metricLabel(rule.metric)} ${neededWords(rule)}`
