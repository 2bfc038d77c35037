import { useEffect, useState } from 'preact/hooks'
import { useProgram } from '#web/admin/partners/directory.ts'
import { type Existing, existingOf } from '#web/admin/partners/known-partner.tsx'
import { usePartnerChanges } from '#web/admin/partners/use-partner-changes.ts'
import { api } from '#web/api.ts'
import { answerOf, isProblem } from '#web/problem.ts'
import type { Failure } from '#web/ui/place-errors.ts'
import { useForm } from '#web/ui/use-form.ts'
import type { Partner } from '#worker/partners/schema.ts'
import { authorsOf, type Dispute, isSettled, peopleIn, type Side } from './dispute.ts'
import { type Basis, dropEdit, savedEdit, saveEdit } from './edit-draft.ts'
import { FIELD_NAMES, type FieldName, fieldNamed } from './fields.ts'
import { followed } from './tier-choice.ts'
import { changedFields, changesOf, mergeEdits, type Values, valuesOf, visiblyWrong } from './values.ts'

/** Others may be quick: so many of their edits are merged before somebody has to look. */
const MERGES = 3

const basisOf = (partner: Partner): Basis => ({ version: partner.version, values: valuesOf(partner) })

class Disputed extends Error {}

/** The state of the drawer: its form, where the edit began, and what others did to the same partner meanwhile. */
export function useEditPartner(
  userId: string,
  partner: Partner,
  onSaved: (partner: Partner, merged: string) => void,
) {
  const { id } = partner
  const { accept, readNow, explain } = usePartnerChanges(id)
  const [restored, forget] = useState(() => savedEdit(userId, id))
  const [began, begin] = useState<Basis>(restored?.basis ?? basisOf(partner))
  const [existing, setExisting] = useState<Existing | null>(null)
  const [dispute, setDispute] = useState<Dispute | null>(null)
  const basis = dispute && isSettled(dispute) ? basisOf(dispute.partner) : began

  /** Sends what differs; edits of others that touch other fields are taken in on the way. Answers who they were by. */
  const save = async (values: Values, from: Basis, merges = 0, met = ''): Promise<void> => {
    const changes = changesOf(from.values, values)
    if (Object.keys(changes).length === 0) return onSaved(partner, met)
    try {
      const json = { ...changes, version: from.version }
      const saved: Partner = await answerOf(api.partners[':id'].$patch({ param: { id }, json }))
      accept(saved)
      onSaved(saved, met)
    } catch (error) {
      if (!isProblem(error, 'stale') || merges === MERGES) throw error
      const current = await readNow()
      const authors = authorsOf(error)
      const theirs = valuesOf(current)
      const merged = mergeEdits(from.values, values, theirs)
      // Another version need not be another profile: a logo makes one too.
      const others = changedFields(from.values, theirs).length > 0 ? peopleIn(authors, 'somebody else') : met
      if (merged.disputed.length === 0) return save(merged.values, basisOf(current), merges + 1, others)
      for (const name of changedFields(values, merged.values)) form.set(name, merged.values[name])
      const fields = merged.disputed
      setDispute({ partner: current, theirs, mine: merged.values, fields, authors, choices: {} })
      throw new Disputed()
    }
  }

  const form = useForm<FieldName>({
    initial: restored?.values ?? began.values,
    check: visiblyWrong,
    submit: async (values) => {
      if (dispute && !isSettled(dispute)) throw new Disputed()
      await save(values, basis)
    },
    explain: (error) => {
      setExisting(isProblem(error, 'duplicate-domain') ? existingOf(error) : null)
      return atFields(error, explain)
    },
  })
  const { values } = form

  const unsaved = changedFields(basis.values, values).length > 0
  useDraft(userId, id, unsaved, began, values)
  useNewer(unsaved || dispute !== null ? null : form, partner, began, begin)

  const setField = useSetting(form, dispute, setDispute)
  const set = (name: FieldName, value: string) => {
    if (name === 'domain') setExisting(null)
    setField(name, value)
  }
  const choose = (name: FieldName, side: Side) => {
    if (!dispute) return
    form.set(name, dispute[side][name])
    setDispute({ ...dispute, choices: { ...dispute.choices, [name]: side } })
  }
  /** What was typed before a reload or a sign-in, and is not saved yet. */
  const isRestored = restored !== null && unsaved && dispute === null
  return {
    form,
    set,
    unsaved,
    existing,
    dispute,
    choose,
    isRestored,
    restart: () => {
      forget(null)
      setAll(form, began.values)
    },
    drop: () => dropEdit(userId, id),
  }
}

/** While nothing was touched, what others have saved since is simply shown. */
function useNewer(idle: Form | null, partner: Partner, began: Basis, begin: (basis: Basis) => void) {
  useEffect(() => {
    if (!idle || partner.version <= began.version) return
    const now = basisOf(partner)
    begin(now)
    setAll(idle, now.values)
  })
}

/** The draft keeps where the edit began until every dispute is settled and saved, so that none is ever lost. */
function useDraft(userId: string, id: string, unsaved: boolean, began: Basis, values: Values) {
  useEffect(() => {
    if (unsaved) saveEdit(userId, id, { basis: began, values })
    else dropEdit(userId, id)
  }, [userId, id, unsaved, began, values])
}

type Form = ReturnType<typeof useForm<FieldName>>

function setAll(form: Form, wanted: Values) {
  for (const name of FIELD_NAMES) if (wanted[name] !== form.values[name]) form.set(name, wanted[name])
}

/** Sets a field and what follows from it. What is written into a disputed field counts as the choice. */
function useSetting(form: Form, dispute: Dispute | null, setDispute: (dispute: Dispute) => void) {
  const { data: program } = useProgram()
  return (name: FieldName, value: string) => {
    form.set(name, value)
    if (dispute?.fields.includes(name)) {
      const mine = { ...dispute.mine, [name]: value }
      setDispute({ ...dispute, mine, choices: { ...dispute.choices, [name]: 'mine' } })
    }
    if (!program || (name !== 'type' && name !== 'trackId' && name !== 'tier')) return
    const after: Values = { ...form.values, [name]: value }
    const { type, trackId, tier } = after
    const now = followed(program.tracks, name, { type, trackId, tier })
    if (now.trackId !== trackId) form.set('trackId', now.trackId)
    if (now.tier !== tier) form.set('tier', now.tier)
  }
}

const PEOPLE_PARTS: Record<string, string> = { name: 'name', role: 'role', email: 'e-mail', side: 'side' }

/** Each error at the field of the form that it is about. */
function atFields(error: unknown, explain: (error: unknown) => Failure): Failure {
  if (error instanceof Disputed)
    return { message: 'Choose for each field that both of you changed.', errors: [] }
  if (isProblem(error, 'duplicate-domain'))
    return { message: '', errors: [{ pointer: '/domain', detail: error.message }] }
  const { message, errors } = explain(error)
  if (isProblem(error, 'not-found'))
    return {
      message:
        'Somebody deleted this partner meanwhile, so nothing can be saved here any more. What you entered stays for you to copy.',
      errors: [],
    }
  return {
    message,
    errors: errors.map(({ pointer, detail }) => {
      const [, name = '', index, part = ''] = pointer.split('/')
      const said =
        name === 'keyStakeholders' && index !== undefined
          ? `Number ${Number(index) + 1}, ${PEOPLE_PARTS[part] ?? part}: ${detail}`
          : detail
      return { pointer: `/${fieldNamed(name) ?? name}`, detail: said }
    }),
  }
}
