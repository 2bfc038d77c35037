import { Plus } from 'lucide-preact'
import { Button } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'
import { FieldError } from '#web/ui/field-error.tsx'
import { focusSoon } from '#web/ui/focus.ts'
import { Select } from '#web/ui/select-field.tsx'
import { LongTextField, TextField } from '#web/ui/text-field.tsx'
import { toast } from '#web/ui/toast.tsx'
import { TIER_LABELS, TIERS } from '#worker/partners/terms.ts'
import { RULES_MAX } from '#worker/program/terms.ts'
import { bodyOfRule, newRule, type RuleDraft, type TierDraft, type TrackDraft } from './draft.ts'
import { removedFrom, withoutRule, withRule, withRuleBack, withTier, withTrack } from './draft-edit.ts'
import { EditorForm } from './editor-form.tsx'
import { placeOf } from './faults.ts'
import { editorOf } from './focus.ts'
import { RuleEditor } from './rule-editor.tsx'
import { ruleWords } from './rule-words.ts'
import type { ProgramDraft } from './use-program-draft.ts'

interface Props {
  tier: TierDraft
  track: TrackDraft
  draft: ProgramDraft
}

/** Everything about a tier. All of its rules must hold. */
export function TierEditor({ tier, track, draft }: Props) {
  const { key } = tier
  const changeTier = (place: string | null, change: (tier: TierDraft) => TierDraft) =>
    draft.change(place, (tracks) => withTrack(tracks, track.key, (now) => withTier(now, key, change)))
  const bind = (field: 'name' | 'benefits') => ({
    name: field,
    value: tier[field],
    error: draft.faults[placeOf(key, field)],
    set: (text: string) => changeTier(placeOf(key, field), (now) => ({ ...now, [field]: text })),
  })
  return (
    <EditorForm draft={draft} name={key} class="tier-editor" label={`Edit ${tier.name || 'the tier'}`}>
      <div class="tier-fields">
        <TextField label="Name" autocomplete="off" {...bind('name')} />
        <LevelField tier={tier} track={track} draft={draft} change={changeTier} />
        <Field label="Colour" error={draft.faults[placeOf(key, 'color')]}>
          {(control) => (
            <input
              type="color"
              {...control}
              value={tier.color}
              onInput={(event) => {
                const color = event.currentTarget.value
                changeTier(placeOf(key, 'color'), (now) => ({ ...now, color }))
              }}
            />
          )}
        </Field>
      </div>
      <RuleList tier={tier} draft={draft} change={changeTier} />
      <LongTextField
        label="Benefits"
        optional
        hint="What partners of this tier get. Markdown."
        {...bind('benefits')}
      />
      <Button type="submit">Done</Button>
    </EditorForm>
  )
}

interface PartProps {
  tier: TierDraft
  draft: ProgramDraft
  change: (place: string | null, change: (tier: TierDraft) => TierDraft) => void
}

/** A level occurs once in a track; another level gives the tier another place. */
function LevelField({ tier, track, draft, change }: PartProps & { track: TrackDraft }) {
  const options = TIERS.map((level) => ({
    value: level,
    label: TIER_LABELS[level],
    disabled: level !== tier.level && track.tiers.some((other) => other.level === level),
  }))
  return (
    <Field label="Level" error={draft.faults[placeOf(tier.key, 'level')]}>
      {(control) => (
        <Select
          {...control}
          name="level"
          value={tier.level}
          options={options}
          onChange={(event) => {
            const level = TIERS.find((one) => one === event.currentTarget.value)
            if (!level) return
            change(placeOf(tier.key, 'level'), (now) => ({ ...now, level }))
            // Its place in the ladder is another one, and moving there loses the focus.
            focusSoon(`${editorOf(tier.key)} [name="level"]`)
          }}
        />
      )}
    </Field>
  )
}

function RuleList({ tier, draft, change }: PartProps) {
  const own = placeOf(tier.key, 'rules')
  const inEditor = (selector: string) => focusSoon(`${editorOf(tier.key)} ${selector}`)
  const add = () => {
    const rule = newRule()
    change(own, (now) => ({ ...now, rules: [...now.rules, rule] }))
    inEditor('.rule:last-of-type select')
  }
  const remove = (rule: RuleDraft) => {
    const removed = removedFrom(tier.rules, rule.key)
    change(own, (now) => withoutRule(now, rule.key))
    inEditor('[data-add-rule]')
    if (!removed) return
    const run = () => change(null, (now) => withRuleBack(now, removed))
    toast({ text: `“${ruleWords(bodyOfRule(rule))}” is removed.`, undo: { label: 'Undo', run } })
  }
  const isFull = tier.rules.length >= RULES_MAX
  return (
    <div class="rules">
      <p class="rules-title">
        Rules <span class="muted">all of them must hold</span>
      </p>
      {tier.rules.map((rule, at) => (
        <RuleEditor
          key={rule.key}
          rule={rule}
          number={at + 1}
          faults={draft.faults}
          change={(place, next) => change(place, (now) => withRule(now, rule.key, next))}
          remove={() => remove(rule)}
        />
      ))}
      <FieldError>{draft.faults[own]}</FieldError>
      <Button data-add-rule unavailable={isFull ? `At most ${RULES_MAX} rules.` : undefined} onClick={add}>
        <Plus size={14} aria-hidden="true" />
        Add a rule
      </Button>
    </div>
  )
}
