import { Pencil, Trash2 } from 'lucide-preact'
import { Badge } from '#web/ui/badge.tsx'
import { IconButton } from '#web/ui/button.tsx'
import { focusSoon } from '#web/ui/focus.ts'
import { Markdown } from '#web/ui/markdown.tsx'
import { toast } from '#web/ui/toast.tsx'
import { TIER_LABELS } from '#worker/partners/terms.ts'
import { bodyOfRule, type TierDraft, type TrackDraft } from './draft.ts'
import { withoutTier, withTierBack, withTrack } from './draft-edit.ts'
import { isFaulty, keysOf } from './faults.ts'
import { editorOf, openerOf } from './focus.ts'
import { ruleWords } from './rule-words.ts'
import { TierEditor } from './tier-editor.tsx'
import type { ProgramDraft } from './use-program-draft.ts'

export interface TrackProps {
  track: TrackDraft
  draft: ProgramDraft
  /** Why one may not change anything. */
  refusal: string | undefined
}

/** A rung: its rules as sentences, or as a form while it is edited. */
export function TierCard({ tier, track, draft, refusal }: TrackProps & { tier: TierDraft }) {
  const { key, level, name, color, benefits } = tier
  const isOpen = draft.isOpen(key) && !refusal
  const shownName = name.trim() || TIER_LABELS[level]
  const remove = () => {
    draft.change(null, (tracks) => withTrack(tracks, track.key, (now) => withoutTier(now, key)))
    toast({
      text: `${shownName} is removed once you save.`,
      undo: {
        label: 'Undo',
        run: () =>
          draft.change(null, (tracks) => withTrack(tracks, track.key, (now) => withTierBack(now, tier))),
      },
    })
    focusSoon(openerOf(track.key))
  }
  return (
    <li class="tier-card" data-open={isOpen || undefined} style={{ '--tier-color': color }}>
      <div class="tier-head">
        <p class="tier-level">
          <span class="tier-dot" aria-hidden="true" />
          {TIER_LABELS[level]}
          {isFaulty(draft.faults, keysOf(tier)) && <Badge tone="red">Needs a look</Badge>}
        </p>
        <div class="tier-actions">
          {!isOpen && (
            <IconButton
              label={`Edit ${shownName}`}
              data-opener={key}
              unavailable={refusal}
              onClick={() => {
                draft.setOpen(key, true)
                focusSoon(`${editorOf(key)} input[name="name"]`)
              }}
            >
              <Pencil size={14} aria-hidden="true" />
            </IconButton>
          )}
          <IconButton label={`Remove ${shownName}`} unavailable={refusal} onClick={remove}>
            <Trash2 size={14} aria-hidden="true" />
          </IconButton>
        </div>
        <h3>{shownName}</h3>
      </div>
      {isOpen ? <TierEditor tier={tier} track={track} draft={draft} /> : <Rules tier={tier} />}
      {!isOpen && benefits.trim() !== '' && (
        <div class="benefits">
          <Markdown text={benefits} />
        </div>
      )}
    </li>
  )
}

function Rules({ tier: { rules } }: { tier: TierDraft }) {
  if (rules.length === 0) return <p class="muted">No rules: every partner of these types reaches it.</p>
  return (
    <ul class="rule-words">
      {rules.map((rule) => (
        <li key={rule.key}>{ruleWords(bodyOfRule(rule))}</li>
      ))}
    </ul>
  )
}
