import { useId } from 'preact/hooks'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { PARTNER_TYPES, type PartnerType, TYPE_LABELS } from '#worker/partners/terms.ts'
import type { TrackDraft } from './draft.ts'
import { withTrack } from './draft-edit.ts'
import { EditorForm } from './editor-form.tsx'
import { placeOf } from './faults.ts'
import type { ProgramDraft } from './use-program-draft.ts'

interface Props {
  track: TrackDraft
  draft: ProgramDraft
}

/** What a track is called, whom it is for, and how patient it is. */
export function TrackEditor({ track, draft }: Props) {
  const { key } = track
  const set = <Name extends 'name' | 'types' | 'graceDays'>(field: Name, value: TrackDraft[Name]) =>
    draft.change(placeOf(key, field), (tracks) =>
      withTrack(tracks, key, (now) => ({ ...now, [field]: value })),
    )
  const bind = (field: 'name' | 'graceDays') => ({
    name: field,
    value: track[field],
    error: draft.faults[placeOf(key, field)],
    set: (text: string) => set(field, text),
  })
  return (
    <EditorForm draft={draft} name={key} class="track-editor" label={`Edit ${track.name || 'the new track'}`}>
      <TextField label="Name" autocomplete="off" {...bind('name')} />
      <Types
        chosen={track.types}
        error={draft.faults[placeOf(key, 'types')]}
        set={(types) => set('types', types)}
      />
      <TextField
        label="Grace period in days"
        inputmode="numeric"
        autocomplete="off"
        hint="How long rules may fail before a partner moves down; 0 is at once."
        {...bind('graceDays')}
      />
      <Button type="submit">Done</Button>
    </EditorForm>
  )
}

interface TypesProps {
  chosen: readonly PartnerType[]
  error: string | undefined
  set: (types: PartnerType[]) => void
}

function Types({ chosen, error, set }: TypesProps) {
  const errorId = useId()
  const flip = (type: PartnerType) =>
    set(PARTNER_TYPES.filter((one) => (one === type ? !chosen.includes(one) : chosen.includes(one))))
  return (
    <fieldset class="field types" aria-describedby={error ? errorId : undefined}>
      <legend>Partner types</legend>
      <div class="type-choices">
        {PARTNER_TYPES.map((type, at) => (
          <label key={type}>
            <input
              type="checkbox"
              checked={chosen.includes(type)}
              aria-invalid={error && at === 0 ? 'true' : undefined}
              onChange={() => flip(type)}
            />
            {TYPE_LABELS[type]}
          </label>
        ))}
      </div>
      {error && (
        <p id={errorId} class="error">
          {error}
        </p>
      )}
    </fieldset>
  )
}
