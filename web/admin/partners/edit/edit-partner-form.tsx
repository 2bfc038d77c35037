import { useProgram } from '#web/admin/partners/directory.ts'
import { Known } from '#web/admin/partners/known-partner.tsx'
import { contactName, memberOptions, namesOf } from '#web/admin/partners/names.ts'
import { RestoredNotice } from '#web/admin/partners/restored-notice.tsx'
import { tracksFor } from '#web/admin/partners/tracks.ts'
import { formatDay } from '#web/format.ts'
import { useMembers } from '#web/members.ts'
import { Form } from '#web/ui/form.tsx'
import type { Option } from '#web/ui/select-field.tsx'
import type { Me } from '#worker/auth/schema.ts'
import type { Partner } from '#worker/partners/schema.ts'
import { TIER_LABELS } from '#worker/partners/terms.ts'
import { DisputePanel } from './dispute-panel.tsx'
import { FIELD_NAMES, type FieldName, fieldOf } from './fields.ts'
import { LogoField } from './logo-field.tsx'
import { type Offers, ProfileFieldControl } from './profile-field.tsx'
import { pinOf, readPin, tierOptions } from './tier-choice.ts'
import type { useEditPartner } from './use-edit-partner.ts'
import type { Values } from './values.ts'
import './edit-partner.css'

interface Props {
  id: string
  me: Me
  partner: Partner
  editing: ReturnType<typeof useEditPartner>
}

const SECTIONS = [...Map.groupBy(FIELD_NAMES, (name) => fieldOf(name).section)]

export function EditPartnerForm({ id, me, partner, editing }: Props) {
  const { form, set, existing, dispute, choose } = editing
  const { data: program, error: programError } = useProgram()
  const { data: members, error: membersError } = useMembers()
  const offers: Offers = {
    lookups: lookupsFor(
      form.values,
      partner,
      program?.tracks ?? [],
      memberOptions(members?.items ?? [], me.memberId),
    ),
    failed: programError || membersError ? 'The choices could not be loaded.' : undefined,
    tierNote: tierNote(partner, form.values.tier),
  }
  const problem = dispute && (
    <DisputePanel
      dispute={dispute}
      nameOf={namesOf(dispute.partner, program, members?.items)}
      choose={choose}
    />
  )
  return (
    <Form state={form} id={id} class="form edit-partner" {...(problem ? { problem } : {})}>
      {editing.isRestored && <RestoredNotice form={form.form} onDiscard={editing.restart} />}
      {SECTIONS.map(([section, names]) => (
        <section key={section} aria-label={section}>
          <h3>{section}</h3>
          {section === 'Company' && <LogoField partner={partner} />}
          <div class="fields">
            {names.map((name) => (
              <div key={name} data-half={fieldOf(name).half}>
                <ProfileFieldControl
                  name={name}
                  bound={{ ...form.field(name), set: (value) => set(name, value) }}
                  values={form.values}
                  offers={offers}
                  note={name === 'domain' && existing && <Known partner={existing} />}
                />
              </div>
            ))}
          </div>
        </section>
      ))}
    </Form>
  )
}

function lookupsFor(
  { type, trackId }: Values,
  { contacts }: Partner,
  tracks: Parameters<typeof tracksFor>[0],
  managers: readonly Option[],
): Partial<Record<FieldName, readonly Option[]>> {
  return {
    managerId: managers,
    partnerLeadId: contacts.map((contact) => ({ value: contact.id, label: contactName(contact) })),
    trackId: tracksFor(tracks, type).map(({ id, name }) => ({ value: id, label: name })),
    tier: tierOptions(tracks, type, trackId),
  }
}

/** What stands beside the tier: who decides it, and since when. */
function tierNote(partner: Partner, value: string): string {
  const { tier, tierSource, tierDetail } = partner
  const { choice } = readPin(value)
  if (choice !== '') {
    const isAsBefore = choice === readPin(pinOf(partner)).choice
    if (isAsBefore && tierDetail.by && tierDetail.at)
      return `Pinned by ${tierDetail.by.name} on ${formatDay(tierDetail.at)}.`
    return 'Pinned once you save: the programme’s rules will leave it alone.'
  }
  if (tierSource === 'manual') return 'Back to automatic once you save: the programme’s rules decide again.'
  return tier ? `Auto-evaluated: ${TIER_LABELS[tier]}` : 'Automatic: no tier yet'
}
