import { Circle, CircleDashed, CircleSlash, Diamond, Square } from 'lucide-preact'
import { Badge } from '#web/ui/badge.tsx'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { STATUS_LABELS, TIER_LABELS, TIER_SOURCE_LABELS } from '#worker/partners/terms.ts'

const STATUS_LOOKS = {
  active: { tone: 'green', icon: <Circle size={11} fill="currentColor" aria-hidden="true" /> },
  pending: { tone: 'amber', icon: <CircleDashed size={11} stroke-width={3} aria-hidden="true" /> },
  inactive: { tone: 'grey', icon: <CircleSlash size={11} stroke-width={2.5} aria-hidden="true" /> },
} as const

export function StatusCell({ status }: Pick<PartnerRow, 'status'>) {
  const { tone, icon } = STATUS_LOOKS[status]
  return (
    <Badge look="plain" tone={tone} icon={icon}>
      {STATUS_LABELS[status]}
    </Badge>
  )
}

const TIER_LOOKS = {
  platinum: { tone: 'violet', icon: <Diamond size={10} fill="currentColor" aria-hidden="true" /> },
  gold: { tone: 'amber', icon: <Circle size={9} fill="currentColor" aria-hidden="true" /> },
  silver: { tone: 'grey', icon: <Square size={9} fill="currentColor" aria-hidden="true" /> },
} as const

const SHORT_SOURCES = { auto: 'Auto', manual: 'Manual' }

/** The tier, and whether the evaluator or a person chose it. */
export function TierCell({
  tier,
  tierSource,
  programTierName,
}: Pick<PartnerRow, 'tier' | 'tierSource' | 'programTierName'>) {
  const look = tier && TIER_LOOKS[tier]
  const source = (
    <span class="muted tier-source" title={TIER_SOURCE_LABELS[tierSource]}>
      {SHORT_SOURCES[tierSource]}
    </span>
  )
  if (!look)
    return (
      <span class="tier">
        <span class="muted">No tier</span>
        {tierSource === 'manual' && source}
      </span>
    )
  return (
    <span class="tier">
      <Badge tone={look.tone} icon={look.icon} {...(programTierName ? { title: programTierName } : {})}>
        {TIER_LABELS[tier]}
      </Badge>
      {source}
    </span>
  )
}

const TAGS_SHOWN = 2

export function TagsCell({ tags }: Pick<PartnerRow, 'tags'>) {
  const more = tags.length - TAGS_SHOWN
  return (
    <span class="tags" title={tags.join(', ')}>
      {tags.slice(0, TAGS_SHOWN).map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      {more > 0 && <span class="muted number">+{more}</span>}
    </span>
  )
}
