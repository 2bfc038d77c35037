import type { ScoringPreview } from '#worker/scoring/schema.ts'

type Item = ScoringPreview['items'][number]
export type Effect = Item['fit']

/** By how much a score would change; null where there is no number before or after. */
export const difference = ({ before, after }: Effect) =>
  before === null || after === null ? null : after - before

const NAMES = { fit: 'Fit', health: 'Health' }
const LIST = new Intl.ListFormat('en')

/** "Fit changes for 12 of 20 partners: 8 up and 4 down." */
export function inWords(items: readonly Item[]): string {
  const said = (['fit', 'health'] as const).flatMap((kind) => {
    const changed = items.map((item) => item[kind]).filter(({ before, after }) => before !== after)
    if (changed.length === 0) return []
    const parts = LIST.format(waysOf(changed))
    const all = items.length === 1 ? '1 partner' : `${items.length} partners`
    return [`${NAMES[kind]} changes for ${changed.length} of ${all}: ${parts}.`]
  })
  return said.length > 0 ? said.join(' ') : 'No score of these partners changes.'
}

function waysOf(changed: readonly Effect[]): string[] {
  const count = (is: (effect: Effect) => boolean) => changed.filter(is).length
  const ways: [number, string][] = [
    [count((effect) => (difference(effect) ?? 0) > 0), 'up'],
    [count((effect) => (difference(effect) ?? 0) < 0), 'down'],
    [count(({ before }) => before === null), 'with a number for the first time'],
    [count(({ after }) => after === null), 'left without a number'],
  ]
  return ways.flatMap(([number, way]) => (number > 0 ? [`${number} ${way}`] : []))
}
