import type { ScoringPreview } from '#worker/scoring/schema.ts'

type Item = ScoringPreview['items'][number]
type Effect = Item['fit']

/** By how much a score would change; null where there is no number before or after. */
export const difference = ({ before, after }: Effect) =>
  before === null || after === null ? null : after - before

const hasChanged = ({ before, after }: Effect) => before !== after
const AVERAGE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })

/** "Fit changes for 12 of 20 partners, by +4 on average." */
export function inWords(items: readonly Item[]): string {
  const said = (['fit', 'health'] as const).flatMap((kind) => {
    const changed = items.filter((item) => hasChanged(item[kind]))
    if (changed.length === 0) return []
    const steps = changed.flatMap((item) => difference(item[kind]) ?? [])
    const average = steps.reduce((sum, step) => sum + step, 0) / steps.length
    const name = kind === 'fit' ? 'Fit' : 'Health'
    const by = steps.length > 0 ? `, by ${AVERAGE.format(average)} on average` : ''
    return [`${name} changes for ${changed.length} of ${items.length} partners${by}.`]
  })
  return said.length > 0 ? said.join(' ') : 'No score of these partners changes.'
}
