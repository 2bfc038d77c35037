import { useId } from 'preact/hooks'
import { explain, isProblem } from '#web/problem.ts'
import { Form } from '#web/ui/form.tsx'
import { FormFoot } from '#web/ui/form-foot.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { SelectField } from '#web/ui/select-field.tsx'
import { LongTextField } from '#web/ui/text-field.tsx'
import { useDiscard } from '#web/ui/use-discard.tsx'
import { useForm } from '#web/ui/use-form.ts'
import { REJECTION_REASON_LABELS, REJECTION_REASONS } from '#worker/submissions/terms.ts'
import type { Review } from './use-review.ts'

interface Props {
  name: string
  review: Review
  onClose: () => void
}

/** Why it is rejected, for the team. */
export function RejectDialog({ name, review, onClose }: Props) {
  const formId = useId()
  const form = useForm({
    initial: { reason: '', note: '' },
    check: ({ reason }) => (reason ? {} : { reason: 'Choose a reason.' }),
    submit: async ({ reason, note }) => {
      const chosen = REJECTION_REASONS.find((one) => one === reason)
      letGo()
      await review.reject({ reason: chosen, ...(note.trim() && { note }) })
      onClose()
    },
    explain: (error) =>
      isProblem(error, 'stale')
        ? { message: 'Somebody was faster. Look at how it stands, and decide again.', errors: [] }
        : explain(error),
  })
  const { close, question, letGo } = useDiscard({
    unsaved: form.values.note.trim() !== '',
    title: 'Discard this note?',
    words: 'What you wrote has not been saved.',
    onClose,
  })
  const footer = (
    <FormFoot form={formId} busy={form.sending} onCancel={close}>
      Reject
    </FormFoot>
  )
  return (
    <Modal kind="dialog" title={`Reject ${name}?`} onClose={close} footer={footer}>
      <Form state={form} id={formId}>
        <SelectField
          label="Reason"
          empty="Choose…"
          options={REJECTION_REASONS.map((value) => ({ value, label: REJECTION_REASON_LABELS[value] }))}
          {...form.field('reason')}
        />
        <LongTextField
          label="Note"
          optional
          hint="For your team: the applicant is sent nothing."
          {...form.field('note')}
        />
      </Form>
      {question}
    </Modal>
  )
}
