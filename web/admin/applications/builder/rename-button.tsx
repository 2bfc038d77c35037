import { Pencil } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import type { BuilderState } from './use-builder.ts'

/** What the form is called among colleagues; applicants read its title. */
export function RenameButton({ builder }: { builder: BuilderState }) {
  const [asking, setAsking] = useState(false)
  const { refusal, draft } = builder
  return (
    <>
      <IconButton
        label="Rename"
        unavailable={refusal}
        data-place="name"
        aria-invalid={builder.faults.name ? 'true' : undefined}
        onClick={() => setAsking(true)}
      >
        <Pencil size={14} aria-hidden="true" />
      </IconButton>
      {asking && (
        <Renaming
          name={draft.name}
          rename={(name) => builder.change('name', (now) => ({ ...now, name }))}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

interface Props {
  name: string
  rename: (name: string) => void
  onClose: () => void
}

function Renaming({ name, rename, onClose }: Props) {
  const id = useId()
  const [typed, setTyped] = useState(name)
  const [error, setError] = useState('')
  const finish = () => {
    if (typed.trim() === '') return setError('Enter a name.')
    rename(typed.trim())
    onClose()
  }
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" form={id} look="primary">
        Rename
      </Button>
    </>
  )
  return (
    <Modal kind="dialog" title="Rename form" onClose={onClose} footer={footer}>
      <form
        id={id}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          finish()
        }}
      >
        <TextField
          name="form-name"
          label="Name"
          autofocus
          autocomplete="off"
          hint="For you and your colleagues. Applicants read the title, which is under Content."
          value={typed}
          error={error}
          set={(value) => {
            setTyped(value)
            setError('')
          }}
        />
      </form>
    </Modal>
  )
}
