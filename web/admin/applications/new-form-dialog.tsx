import { useId } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { explain } from '#web/problem.ts'
import { Form } from '#web/ui/form.tsx'
import { FormFoot } from '#web/ui/form-foot.tsx'
import { missingIn } from '#web/ui/missing-in.ts'
import { Modal } from '#web/ui/modal.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { useDiscard } from '#web/ui/use-discard.tsx'
import { useForm } from '#web/ui/use-form.ts'
import { formPath } from './form-tabs.tsx'
import { useFormChanges } from './forms-queries.ts'

/** A name, and the form begins as most forms do. */
export function NewFormDialog({ onClose }: { onClose: () => void }) {
  const id = useId()
  const { route } = useLocation()
  const { create } = useFormChanges()
  const form = useForm({
    initial: { name: '' },
    check: (values) => missingIn(values, { name: 'Enter a name.' }),
    explain,
    submit: async ({ name }) => {
      const made = await create({ name })
      leaving.letGo()
      onClose()
      route(formPath(made.id))
    },
  })
  const leaving = useDiscard({
    unsaved: form.dirty,
    title: 'Discard this form?',
    words: 'It has not been created.',
    onClose,
  })
  const footer = (
    <FormFoot form={id} busy={form.sending} onCancel={leaving.close}>
      Create form
    </FormFoot>
  )
  return (
    <Modal kind="dialog" title="New form" onClose={leaving.close} footer={footer}>
      <Form state={form} id={id}>
        <TextField
          {...form.field('name')}
          label="Name"
          autofocus
          autocomplete="off"
          hint="For you and your colleagues. It starts with the usual questions, which you can change before anybody sees them."
        />
      </Form>
      {leaving.question}
    </Modal>
  )
}
