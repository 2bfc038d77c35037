import { formatCount } from '#web/format.ts'
import type { Assignment } from '#worker/bulk/schema.ts'
import { STAGE_LABELS, type Stage, TIER_LABELS, type Tier } from '#worker/partners/terms.ts'

/** What is set on all of them, and what one then says of one and of several. */
export interface Change {
  set: Assignment
  one: string
  several: string
}

export const partners = (count: number) => (count === 1 ? '1 partner' : `${formatCount(count)} partners`)

/** `432 partners are now Active` */
export const sentenceOf = ({ one, several }: Pick<Change, 'one' | 'several'>, count: number) =>
  `${partners(count)} ${count === 1 ? one : several}`

const be = (rest: string) => ({ one: `is ${rest}`, several: `are ${rest}` })

export const toStage = (stage: Stage): Change => ({ set: { stage }, ...be(`now ${STAGE_LABELS[stage]}`) })

export const toTier = (tier: Tier | null): Change => ({
  set: { tier },
  ...be(tier === null ? 'auto-evaluated again' : `pinned to ${TIER_LABELS[tier]}`),
})

export const toManager = (managerId: string | null, name: string): Change => ({
  set: { managerId },
  ...(managerId === null
    ? { one: 'has no manager now', several: 'have no manager now' }
    : be(`now managed by ${name}`)),
})

export function toTags(addTags: readonly string[], removeTags: readonly string[]): Change {
  const set = {
    ...(addTags.length > 0 && { addTags: [...addTags] }),
    ...(removeTags.length > 0 && { removeTags: [...removeTags] }),
  }
  if (addTags.length === 0) return { set, ...be(`no longer tagged ${listed(removeTags)}`) }
  if (removeTags.length === 0) return { set, ...be(`now tagged ${listed(addTags)}`) }
  return { set, one: 'has other tags now', several: 'have other tags now' }
}

const NAMED_MAX = 2
const listed = (tags: readonly string[]) =>
  tags.length > NAMED_MAX ? `with ${tags.length} tags` : tags.map((tag) => `“${tag}”`).join(' and ')
