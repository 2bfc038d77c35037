import { useId } from 'preact/hooks'
import { usePartnerChanges } from '#web/admin/partners/use-partner-changes.ts'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import { Form } from '#web/ui/form.tsx'
import { FormFoot } from '#web/ui/form-foot.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { DayField, LongTextField } from '#web/ui/text-field.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useDiscard } from '#web/ui/use-discard.tsx'
import { type BoundField, useForm } from '#web/ui/use-form.ts'
import type { NewActivity } from '#worker/partners/schema.ts'

const KINDS = [
  ['meeting', 'Meeting'],
  ['call', 'Call'],
  ['email', 'E-mail'],
  ['note', 'Note'],
] as const satisfies readonly (readonly [NewActivity['kind'], string])[]

const kindNamed = (value: string) => KINDS.find(([kind]) => kind === value)?.[0] ?? 'note'

/** Today where the browser is, as a day field wants it. */
function today() {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

export function LogActivityDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const formId = useId()
  const { reread, explain } = usePartnerChanges(id)
  const form = useForm({
    initial: { kind: 'meeting', on: today(), text: '' },
    check: ({ on, text }) => ({
      ...(on && on <= today() ? {} : { on: 'Choose the day it happened, today at the latest.' }),
      ...(text.trim() ? {} : { text: 'Write what happened.' }),
    }),
    submit: async ({ kind, on, text }) => {
      const json = { kind: kindNamed(kind), on, text }
      await answerOf(api.partners[':id'].activity.$post({ param: { id }, json }))
      await reread()
      letGo()
      onClose()
      toast({ text: 'Logged.' })
    },
    explain,
  })
  const { close, question, letGo } = useDiscard({
    unsaved: form.values.text.trim() !== '',
    title: 'Discard this entry?',
    words: 'What you wrote has not been saved.',
    onClose,
  })
  const footer = (
    <FormFoot form={formId} busy={form.sending} onCancel={close}>
      Log activity
    </FormFoot>
  )
  return (
    <Modal kind="dialog" title="Log activity" onClose={close} footer={footer}>
      <Form state={form} id={formId}>
        <KindField {...form.field('kind')} />
        <DayField label="Day" max={today()} {...form.field('on')} />
        <LongTextField label="What happened" autofocus {...form.field('text')} />
      </Form>
      {question}
    </Modal>
  )
}

function KindField({ name, value, set }: BoundField) {
  const group = useId()
  return (
    <fieldset class="field">
      <legend>Kind</legend>
      <div class="segments">
        {KINDS.map(([kind, label]) => (
          <label key={kind}>
            <input
              class="sr-only"
              type="radio"
              name={`${group}-${name}`}
              checked={kind === value}
              onChange={() => set(kind)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
