import { useProgram } from '#web/admin/partners/directory.ts'
import { Known } from '#web/admin/partners/known-partner.tsx'
import { memberOptions } from '#web/admin/partners/names.ts'
import { RestoredNotice } from '#web/admin/partners/restored-notice.tsx'
import { tracksFor } from '#web/admin/partners/tracks.ts'
import { useMembers } from '#web/members.ts'
import { Form } from '#web/ui/form.tsx'
import { SelectField } from '#web/ui/select-field.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import type { Me } from '#worker/auth/schema.ts'
import {
  PARTNER_TYPES,
  REGION_LABELS,
  REGIONS,
  TIER_LABELS,
  TIERS,
  TYPE_LABELS,
} from '#worker/partners/terms.ts'
import type { DraftField } from './new-partner.ts'
import type { useAddPartner } from './use-add-partner.ts'
import './add-partner.css'

interface Props {
  id: string
  me: Me
  adding: ReturnType<typeof useAddPartner>
}

type Bind = (field: DraftField) => ReturnType<Props['adding']['form']['field']>

export function AddPartnerForm({ id, me, adding }: Props) {
  const { form, set, existing } = adding
  const bind: Bind = (field) => ({ ...form.field(field), set: (value) => set(field, value) })
  const domain = bind('domain')
  return (
    <Form state={form} id={id} class="form add-partner">
      {adding.isRestored && <RestoredNotice form={form.form} onDiscard={adding.restart} />}
      <TextField label="Company name" autocomplete="off" autofocus {...bind('name')} />
      <TextField
        label="Domain"
        placeholder="acme.com"
        autocomplete="off"
        inputmode="url"
        spellcheck={false}
        hint="Says who they are, and where public signals are read."
        {...domain}
        error={domain.error && existing ? <Known partner={existing} /> : domain.error}
      />
      <Classification bind={bind} adding={adding} />
      <Manager bind={bind} me={me} />
      <fieldset class="contact">
        <legend>Primary contact</legend>
        <p class="hint">
          Gets an account for the partner portal, to be claimed with “first time here”. No mail is sent.
        </p>
        <div class="pair">
          <TextField label="First name" autocomplete="off" {...bind('primaryContact/firstName')} />
          <TextField label="Last name" autocomplete="off" {...bind('primaryContact/lastName')} />
        </div>
        <TextField
          label="E-mail"
          type="email"
          autocomplete="off"
          spellcheck={false}
          {...bind('primaryContact/email')}
        />
      </fieldset>
    </Form>
  )
}

function Classification({ bind, adding: { form, set } }: { bind: Bind; adding: Props['adding'] }) {
  const { data: program, error } = useProgram()
  const { type, trackId } = form.values
  const tracks = tracksFor(program?.tracks ?? [], type)
  const track = tracks.find(({ id }) => id === trackId)
  const typeField = bind('type')
  const chooseType = (value: string) => {
    typeField.set(value)
    if (!tracksFor(program?.tracks ?? [], value).some(({ id }) => id === trackId)) set('trackId', '')
  }
  return (
    <>
      <div class="pair">
        <SelectField
          label="Type"
          empty="Choose…"
          options={PARTNER_TYPES.map((value) => ({ value, label: TYPE_LABELS[value] }))}
          {...typeField}
          set={chooseType}
        />
        <SelectField
          label="Region"
          empty="Choose…"
          options={REGIONS.map((value) => ({ value, label: REGION_LABELS[value] }))}
          {...bind('region')}
        />
      </div>
      <div class="pair">
        <SelectField
          label="Track"
          optional
          empty={type ? 'Best match' : 'Choose a type first'}
          disabled={!type || tracks.length === 0}
          {...(error ? { hint: 'The tracks could not be loaded.' } : {})}
          options={tracks.map(({ id, name }) => ({ value: id, label: name }))}
          {...bind('trackId')}
        />
        <SelectField
          label="Tier"
          optional
          empty="Automatic"
          options={TIERS.map((level) => {
            const name = track?.tiers.find((tier) => tier.level === level)?.name
            return { value: level, label: name ? `${TIER_LABELS[level]}: ${name}` : TIER_LABELS[level] }
          })}
          {...(form.values.tier ? { hint: 'Pinned: the programme’s rules will leave it alone.' } : {})}
          {...bind('tier')}
        />
      </div>
    </>
  )
}

function Manager({ bind, me }: { bind: Bind; me: Me }) {
  const { data: members, error } = useMembers()
  return (
    <SelectField
      label="Partner manager"
      optional
      empty="Nobody yet"
      {...(error ? { hint: 'Your members could not be loaded.' } : {})}
      options={memberOptions(members?.items ?? [], me.memberId)}
      {...bind('managerId')}
    />
  )
}
