import { Ellipsis, ExternalLink } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { addressOf } from '#web/admin/applications/form-address.ts'
import { explain } from '#web/problem.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { Notice } from '#web/ui/notice.tsx'
import type { FormState } from '#worker/applications/terms.ts'
import type { BuilderState } from './use-builder.ts'
import type { Saving } from './use-saving.ts'

interface Props {
  builder: BuilderState
  saving: Saving
}

/** The state that the form is in, and the ones that it can go to. */
export function StateActions({ builder, saving }: Props) {
  const [wanted, want] = useState<FormState | null>(null)
  const { form, refusal, problems, isBehind } = builder
  const { state } = form
  const behind = isBehind ? 'First choose between your changes and theirs.' : undefined
  const count = problems.length
  const missing = count > 0 ? `${count === 1 ? 'One problem is' : `${count} problems are`} left.` : undefined
  return (
    <>
      {state === 'published' && form.share.public && (
        <a class="button" href={addressOf(form.slug)} target="_blank" rel="noreferrer">
          <ExternalLink size={14} aria-hidden="true" />
          Open
          <span class="sr-only"> the form in a new tab</span>
        </a>
      )}
      {state === 'published' ? (
        <Button unavailable={refusal ?? behind} onClick={() => want('closed')}>
          Close…
        </Button>
      ) : (
        <Button look="primary" unavailable={refusal ?? behind ?? missing} onClick={() => want('published')}>
          {state === 'closed' ? 'Publish again…' : 'Publish…'}
        </Button>
      )}
      {state !== 'draft' && !refusal && (
        <Menu
          label="More states"
          trigger={(props) => (
            <IconButton label="More states" {...props}>
              <Ellipsis size={15} aria-hidden="true" />
            </IconButton>
          )}
        >
          <MenuItem unavailable={behind} onChoose={() => want('draft')}>
            Back to draft…
          </MenuItem>
        </Menu>
      )}
      {wanted && <StateDialog builder={builder} saving={saving} wanted={wanted} onClose={() => want(null)} />}
    </>
  )
}

const ASKED: Record<FormState, { title: string; action: string; words: string }> = {
  published: {
    title: 'Publish this form?',
    action: 'Publish',
    words: 'Everybody who may see it can apply from now on. Saving it later makes a new version at once.',
  },
  closed: {
    title: 'Close this form?',
    action: 'Close form',
    words:
      'Its page then says that it takes no more applications. What has come in stays, and you can publish it again.',
  },
  draft: {
    title: 'Make this form a draft again?',
    action: 'Back to draft',
    words:
      'Its page is then gone for everybody, as if it had never been there. What has come in stays, and you can publish it again.',
  },
}

function StateDialog({
  builder,
  saving,
  wanted,
  onClose,
}: Props & { wanted: FormState; onClose: () => void }) {
  const [failure, setFailure] = useState('')
  const { title, action, words } = ASKED[wanted]
  const go = async () => {
    setFailure('')
    try {
      await saving.save(wanted)
      onClose()
    } catch (error) {
      setFailure(explain(error).message)
    }
  }
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button look="primary" autofocus busy={saving.busy} onClick={() => void go()}>
        {action}
      </Button>
    </>
  )
  return (
    <Modal kind="dialog" title={title} onClose={onClose} footer={footer}>
      <div class="state-words">
        <p>{words}</p>
        {wanted === 'published' && <Visibility builder={builder} />}
        {builder.unsaved && <p>Your unsaved changes are saved with it.</p>}
        {failure && (
          <Notice tone="red" role="alert">
            {failure}
          </Notice>
        )}
      </div>
    </Modal>
  )
}

function Visibility({ builder }: { builder: BuilderState }) {
  const { share, slug } = builder.draft
  if (!share.public && !share.embed)
    return (
      <Notice tone="amber">
        Under Share, neither its page nor embedding is on: nobody will be able to open it.
      </Notice>
    )
  return share.public ? (
    <p class="wrap-anywhere">{addressOf(slug)}</p>
  ) : (
    <p>Only websites that embed it show it.</p>
  )
}
