import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from 'lucide-preact'
import { useId } from 'preact/hooks'
import { Badge } from '#web/ui/badge.tsx'
import { Button, IconButton } from '#web/ui/button.tsx'
import { TIER_LABELS, TIERS, type Tier, TYPE_LABELS } from '#worker/partners/terms.ts'
import { newTier, type TrackDraft } from './draft.ts'
import { withTierAdded, withTrack } from './draft-edit.ts'
import { isFaulty, placeOf } from './faults.ts'
import './track.css'
import { FieldError } from '#web/ui/field-error.tsx'
import { focusSoon } from '#web/ui/focus.ts'
import { editorOf } from './focus.ts'
import { TierCard, type TrackProps } from './tier-card.tsx'
import { TrackEditor } from './track-editor.tsx'

interface Props extends TrackProps {
  /** Its place among so many, from 0. */
  at: number
  count: number
  move: (by: number) => void
  remove: () => void
}

/** A track: whom it is for, and its ladder of tiers, highest first. */
export function TrackCard({ at, count, move, remove, ...rest }: Props) {
  const { track, draft, refusal } = rest
  const { key, name } = track
  const titleId = useId()
  const isOpen = draft.isOpen(key) && !refusal
  const moveByKey = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (!event.altKey || by === 0 || refusal) return
    event.preventDefault()
    move(by)
  }
  return (
    <section class="track" aria-labelledby={titleId}>
      <header>
        <div class="track-title">
          <h2 id={titleId}>{name.trim() || 'New track'}</h2>
          {!isOpen && <TrackFacts track={track} isWrong={isFaulty(draft.faults, [key])} />}
        </div>
        <fieldset class="track-actions" onKeyDown={moveByKey}>
          <legend class="sr-only">{name || 'The new track'}</legend>
          <IconButton
            label={`Move ${name || 'the new track'} up`}
            data-move={`${key} -1`}
            unavailable={refusal ?? (at === 0 ? 'It is the first.' : undefined)}
            onClick={() => move(-1)}
          >
            <ArrowUp size={15} aria-hidden="true" />
          </IconButton>
          <IconButton
            label={`Move ${name || 'the new track'} down`}
            data-move={`${key} 1`}
            unavailable={refusal ?? (at === count - 1 ? 'It is the last.' : undefined)}
            onClick={() => move(1)}
          >
            <ArrowDown size={15} aria-hidden="true" />
          </IconButton>
          {!isOpen && (
            <IconButton
              label={`Edit ${name || 'the new track'}`}
              data-opener={key}
              unavailable={refusal}
              onClick={() => {
                draft.setOpen(key, true)
                focusSoon(`${editorOf(key)} input`)
              }}
            >
              <Pencil size={14} aria-hidden="true" />
            </IconButton>
          )}
          <IconButton label={`Remove ${name || 'the new track'}`} unavailable={refusal} onClick={remove}>
            <Trash2 size={15} aria-hidden="true" />
          </IconButton>
        </fieldset>
      </header>
      {isOpen && <TrackEditor track={track} draft={draft} />}
      <FieldError>{draft.faults[placeOf(key, 'tiers')]}</FieldError>
      <Ladder {...rest} />
    </section>
  )
}

function TrackFacts({ track: { types, graceDays }, isWrong }: { track: TrackDraft; isWrong: boolean }) {
  return (
    <p class="track-facts">
      {isWrong && <Badge tone="red">Needs a look</Badge>}
      {types.map((type) => (
        <Badge key={type}>{TYPE_LABELS[type]}</Badge>
      ))}
      {types.length === 0 && <span class="muted">For no type yet</span>}
      <span class="muted">{graceWords(graceDays)}</span>
    </p>
  )
}

function graceWords(days: string) {
  if (days.trim() === '0') return 'Down at once'
  return `Down after ${days} ${days.trim() === '1' ? 'day' : 'days'} of grace`
}

/** One place for each level; those without a tier offer one. */
function Ladder(props: TrackProps) {
  const { track, draft, refusal } = props
  const add = (level: Tier) => {
    const tier = newTier(level)
    draft.change(placeOf(track.key, 'tiers'), (tracks) =>
      withTrack(tracks, track.key, (now) => withTierAdded(now, tier)),
    )
    draft.setOpen(tier.key, true)
    focusSoon(`${editorOf(tier.key)} input[name="name"]`)
  }
  return (
    <ol class="ladder">
      {TIERS.map((level) => {
        const tier = track.tiers.find((one) => one.level === level)
        if (tier) return <TierCard key={tier.key} tier={tier} {...props} />
        return (
          <li key={level} class="no-tier">
            {refusal ? (
              <span class="muted">No {TIER_LABELS[level]} tier</span>
            ) : (
              <Button look="plain" onClick={() => add(level)}>
                <Plus size={14} aria-hidden="true" />
                Add {TIER_LABELS[level]} tier
                <span class="sr-only"> to {track.name || 'the new track'}</span>
              </Button>
            )}
          </li>
        )
      })}
    </ol>
  )
}
