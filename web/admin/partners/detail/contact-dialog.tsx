import { useId, useRef } from 'preact/hooks'
import { usePartnerChanges } from '#web/admin/partners/use-partner-changes.ts'
import { api } from '#web/api.ts'
import { answerOf, isProblem } from '#web/problem.ts'
import { Form } from '#web/ui/form.tsx'
import { FormFoot } from '#web/ui/form-foot.tsx'
import { missingIn } from '#web/ui/missing-in.ts'
import { Modal } from '#web/ui/modal.tsx'
import type { Failure } from '#web/ui/place-errors.ts'
import { TextField } from '#web/ui/text-field.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useDiscard } from '#web/ui/use-discard.tsx'
import { useForm } from '#web/ui/use-form.ts'
import type { Contact } from '#worker/partners/schema.ts'

const BLANK = { firstName: '', lastName: '', email: '', title: '', phone: '' }
type Values = typeof BLANK
const FIELDS = ['firstName', 'lastName', 'email', 'title', 'phone'] as const

const REQUIRED = {
  firstName: 'Enter a first name.',
  lastName: 'Enter a last name.',
  email: 'Enter an e-mail address.',
}

const valuesOf = ({ firstName, lastName, email, title, phone }: Contact): Values => ({
  firstName,
  lastName,
  email,
  title: title ?? '',
  phone: phone ?? '',
})

interface Props {
  partnerId: string
  /** Left out for a new one. */
  contact?: Contact
  onClose: () => void
}

export function ContactDialog({ partnerId, contact, onClose }: Props) {
  const formId = useId()
  const form = useContactForm(partnerId, contact, () => {
    letGo()
    onClose()
  })
  const { close, question, letGo } = useDiscard({
    unsaved: form.dirty,
    title: contact ? 'Discard your changes?' : 'Discard this contact?',
    words: 'What you entered has not been saved.',
    onClose,
  })
  const title = contact ? 'Edit contact' : 'Add contact'
  const footer = (
    <FormFoot form={formId} busy={form.sending} onCancel={close}>
      {contact ? 'Save contact' : 'Add contact'}
    </FormFoot>
  )
  return (
    <Modal kind="dialog" title={title} onClose={close} footer={footer}>
      <Form state={form} id={formId}>
        <div class="pair">
          <TextField label="First name" autocomplete="off" autofocus {...form.field('firstName')} />
          <TextField label="Last name" autocomplete="off" {...form.field('lastName')} />
        </div>
        <TextField
          label="E-mail"
          type="email"
          autocomplete="off"
          spellcheck={false}
          hint="Their account for the partner portal; no mail is sent."
          {...form.field('email')}
        />
        <div class="pair">
          <TextField label="Job title" autocomplete="off" optional {...form.field('title')} />
          <TextField label="Phone" autocomplete="off" inputmode="tel" optional {...form.field('phone')} />
        </div>
      </Form>
      {question}
    </Modal>
  )
}

/** Somebody else was quicker; says at each field that both changed what it became. */
class Met extends Error {
  readonly errors: Failure['errors']
  constructor(errors: Failure['errors']) {
    super('Somebody changed this contact in the meantime. Look again, then save.')
    this.errors = errors
  }
}

function useContactForm(id: string, contact: Contact | undefined, onSaved: () => void) {
  const { reread, readNow, explain } = usePartnerChanges(id)
  /** Where the edit began. */
  const base = useRef(contact)
  const send = async (values: Values) => {
    const { current } = base
    if (!current)
      return void (await answerOf(api.partners[':id'].contacts.$post({ param: { id }, json: values })))
    const before = valuesOf(current)
    const changed = FIELDS.filter((name) => values[name] !== before[name])
    const json = {
      ...Object.fromEntries(changed.map((name) => [name, values[name]])),
      version: current.version,
    }
    const param = { id, contactId: current.id }
    if (changed.length > 0) await answerOf(api.partners[':id'].contacts[':contactId'].$patch({ param, json }))
  }
  /** What was not touched here becomes theirs, and saving again builds on it. */
  const meet = async (values: Values) => {
    const now = (await readNow()).contacts.find((one) => one.id === contact?.id)
    if (!now || !base.current) return []
    const [before, after] = [valuesOf(base.current), valuesOf(now)]
    base.current = now
    for (const name of FIELDS) if (values[name] === before[name]) form.set(name, after[name])
    const both = FIELDS.filter((name) => new Set([before[name], after[name], values[name]]).size === 3)
    return both.map((name) => ({
      pointer: `/${name}`,
      detail: `Meanwhile this became “${after[name]}”. Save again to keep yours.`,
    }))
  }
  const form = useForm({
    initial: contact ? valuesOf(contact) : BLANK,
    check: (values) => missingIn(values, REQUIRED),
    submit: async (values) => {
      try {
        await send(values)
      } catch (error) {
        throw isProblem(error, 'stale') ? new Met(await meet(values)) : error
      }
      await reread()
      onSaved()
      toast({ text: `${values.firstName.trim()} ${values.lastName.trim()} is saved.` })
    },
    explain: (error) => (error instanceof Met ? error : explain(error)),
  })
  return form
}
