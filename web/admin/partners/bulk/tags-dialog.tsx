import { useId } from 'preact/hooks'
import { readList, writeList } from '#web/admin/partners/edit/lists.ts'
import { TagsField } from '#web/admin/partners/tags-field.tsx'
import { explain } from '#web/problem.ts'
import { Form } from '#web/ui/form.tsx'
import { FormFoot } from '#web/ui/form-foot.tsx'
import { Modal } from '#web/ui/modal.tsx'
import type { Failure } from '#web/ui/place-errors.ts'
import { useForm } from '#web/ui/use-form.ts'
import { failsAt } from './failure.ts'
import { type After, askAgain, runEdit } from './run.ts'
import { beginning, editStep, type Left, sizeOf } from './steps.ts'
import { partners, toTags } from './words.ts'

interface Props {
  left: Left
  after: After
  onClose: () => void
}

/** Adds tags to all that are chosen, and takes others away. The first step is made here, where its errors have a field. */
export function TagsDialog({ left, after, onClose }: Props) {
  const formId = useId()
  const form = useForm<'set/addTags' | 'set/removeTags'>({
    initial: { 'set/addTags': '', 'set/removeTags': '' },
    check: wrong,
    explain: atFields,
    submit: async (values) => {
      const change = toTags(readList(values['set/addTags']), readList(values['set/removeTags']))
      const progress = beginning(left)
      try {
        const next = await editStep(progress, change.set)
        onClose()
        void runEdit({ change, progress: next }, after)
      } catch (error) {
        if (failsAt(error, '/set')) throw error
        onClose()
        await askAgain(error, { change, progress }, after)
      }
    },
  })
  const chips = (name: 'set/addTags' | 'set/removeTags', label: string, placeholder: string) => {
    const { value, set, error } = form.field(name)
    return (
      <TagsField
        label={label}
        optional="unsaid"
        error={error}
        values={readList(value)}
        setValues={(list) => set(list.length > 0 ? writeList(list) : '')}
        placeholder={placeholder}
      />
    )
  }
  return (
    <Modal
      kind="dialog"
      title={`Tags of ${partners(sizeOf(left))}`}
      onClose={onClose}
      footer={
        <FormFoot form={formId} busy={form.sending} onCancel={onClose}>
          Change tags
        </FormFoot>
      }
    >
      <Form state={form} id={formId}>
        {chips('set/addTags', 'Add', 'Tags that all of them get')}
        {chips('set/removeTags', 'Remove', 'Tags that none of them keeps')}
      </Form>
    </Modal>
  )
}

function wrong(values: Record<'set/addTags' | 'set/removeTags', string>) {
  const [add, remove] = [readList(values['set/addTags']), readList(values['set/removeTags'])]
  if (add.length + remove.length === 0) return { 'set/addTags': 'Enter a tag to add, or one to remove.' }
  const both = add.find((tag) => remove.includes(tag))
  return both === undefined ? {} : { 'set/removeTags': `“${both}” is to be added, too.` }
}

/** An error about one tag stands at the field of all. */
function atFields(error: unknown): Failure {
  const { message, errors } = explain(error)
  return {
    message,
    errors: errors.map(({ pointer, detail }) => ({
      detail,
      pointer: pointer.startsWith('/set/removeTags')
        ? '/set/removeTags'
        : pointer.replace(/^(\/set\/addTags).*/, '$1'),
    })),
  }
}
