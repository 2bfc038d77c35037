import type { RuleField } from './rules.ts'
import { FIT_SCALE, factorsOf, HEALTH_SCALE } from './scales.ts'

/** A field in the middle of a sentence: "wanted industries", "weight of Industry". */
export function fieldLabel(field: RuleField): string {
  const factor = [FIT_SCALE, HEALTH_SCALE].flatMap(factorsOf).find((one) => one.field === field)
  if (factor) return `weight of ${factor.label}`
  return `wanted ${field.split('/')[1]}`
}
