import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { tidy } from '#web/admin/partners/definition.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { reasonAgainst, useMe } from '#web/me.ts'
import { explain, isProblem } from '#web/problem.ts'
import { Confirm } from '#web/ui/confirm.tsx'
import { useFocusAfter } from '#web/ui/focus.ts'
import { Form } from '#web/ui/form.tsx'
import { FormFoot } from '#web/ui/form-foot.tsx'
import { missingIn } from '#web/ui/missing-in.ts'
import { Modal } from '#web/ui/modal.tsx'
import type { Failure } from '#web/ui/place-errors.ts'
import { TextField } from '#web/ui/text-field.tsx'
import { toast } from '#web/ui/toast.tsx'
import { type BoundField, type FormState, useForm } from '#web/ui/use-form.ts'
import type { View } from '#worker/views/schema.ts'
import { ALL_PARTNERS } from './built-in-views.ts'
import { CURRENT_VIEW, explainView, useViewChanges } from './view-changes.ts'
import type { OpenDialog } from './views.ts'

interface Props {
  dialog: OpenDialog
  shape: DirectoryShape
  onClose: () => void
}

export function ViewDialog({ dialog, shape, onClose }: Props) {
  const { remove } = useViewChanges()
  useFocusAfter(CURRENT_VIEW)
  if (dialog.kind === 'save') return <SaveDialog shape={shape} onClose={onClose} />
  const { view } = dialog
  if (dialog.kind === 'rename') return <RenameDialog view={view} onClose={onClose} />
  if (dialog.kind === 'conflict') return <ConflictDialog view={view} shape={shape} onClose={onClose} />
  const run = async () => {
    await remove(view.id)
    shape.open(ALL_PARTNERS, true)
    toast({ text: `${view.name} is deleted.` })
  }
  return (
    <Confirm
      title={`Delete ${view.name}?`}
      action="Delete view"
      run={run}
      explain={explainView}
      onClose={onClose}
    >
      <p>
        {view.shared ? 'It disappears for everyone in your organisation.' : 'Only you can see it.'} The
        partners in it stay as they are.
      </p>
    </Confirm>
  )
}

const nameMissing = ({ name }: { name: string }) => missingIn({ name }, { name: 'Enter a name.' })

function SaveDialog({ shape, onClose }: Omit<Props, 'dialog'>) {
  const { data: me } = useMe()
  const { save } = useViewChanges()
  const form = useForm<'name' | 'shared'>({
    initial: { name: '', shared: '' },
    check: nameMissing,
    explain,
    submit: async ({ name, shared }) => {
      const { definition } = shape
      const view = await save({ name, shared: shared !== '', definition })
      shape.open({ id: view.id, definition }, true)
      onClose()
      toast({ text: `${view.name} is saved.` })
    },
  })
  const refusal = reasonAgainst(me, 'manager')
  const who = form.field('shared')
  return (
    <NameDialog title="Save view" action="Save view" form={form} name={form.field('name')} onClose={onClose}>
      <fieldset class="choices">
        <legend>Who sees it</legend>
        <label>
          <input type="radio" name="shared" checked={who.value === ''} onChange={() => who.set('')} /> Only me
        </label>
        <label>
          <input
            type="radio"
            name="shared"
            disabled={refusal !== undefined}
            checked={who.value !== ''}
            onChange={() => who.set('yes')}
          />{' '}
          Everyone in your organisation
        </label>
        {refusal && <p class="muted">{refusal}</p>}
      </fieldset>
      <p class="muted">Keeps search, filters, order, groups and columns as they are now.</p>
    </NameDialog>
  )
}

function RenameDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { change, reread } = useViewChanges()
  let { version } = view
  const form = useForm<'name'>({
    initial: { name: view.name },
    check: nameMissing,
    explain: (error): Failure =>
      isProblem(error, 'stale')
        ? {
            message: 'Somebody changed this view meanwhile. Try again to rename it all the same.',
            errors: [],
          }
        : explainView(error),
    submit: async ({ name }) => {
      try {
        await change(view.id, { version, name })
      } catch (error) {
        if (isProblem(error, 'stale')) version = (await reread(view.id))?.version ?? version
        throw error
      }
      onClose()
    },
  })
  return (
    <NameDialog title="Rename view" action="Rename" form={form} name={form.field('name')} onClose={onClose} />
  )
}

interface NameProps {
  title: string
  action: string
  form: FormState & { sending: boolean }
  name: BoundField
  onClose: () => void
  children?: ComponentChildren
}

/** Asks how a view is called. */
function NameDialog({ title, action, form, name, onClose, children }: NameProps) {
  const formId = useId()
  const footer = (
    <FormFoot form={formId} busy={form.sending} onCancel={onClose}>
      {action}
    </FormFoot>
  )
  return (
    <Modal kind="dialog" title={title} onClose={onClose} footer={footer}>
      <Form state={form} id={formId}>
        <TextField label="Name" autofocus autocomplete="off" {...name} />
        {children}
      </Form>
    </Modal>
  )
}

/** Somebody else was quicker: neither change is lost without being asked about. */
function ConflictDialog({ view, shape, onClose }: Omit<Props, 'dialog'> & { view: View }) {
  const { change } = useViewChanges()
  const takeTheirs = () => {
    shape.open({ id: view.id, definition: tidy(view.definition) }, true)
    onClose()
  }
  const overwrite = async () => {
    await change(view.id, { version: view.version, definition: shape.definition })
    toast({ text: `${view.name} is updated.` })
  }
  return (
    <Confirm
      title={`${view.name} was changed meanwhile`}
      action="Overwrite with mine"
      cancel="Take theirs"
      run={overwrite}
      explain={explainView}
      onCancel={takeTheirs}
      onClose={onClose}
    >
      <p>
        Somebody else updated this view after you opened it. Take theirs, and what you changed here is gone;
        or overwrite it, and everyone sees yours. To keep both, close this and save yours as a new view.
      </p>
    </Confirm>
  )
}
