import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { Modal } from './modal.tsx'
import { Notice } from './notice.tsx'

interface Props {
  title: string
  /** What the button does, in words: "Remove Ada". */
  action: string
  cancel?: string
  /** A failure is shown here, and the question stays open. */
  run: () => Promise<void> | void
  explain?: (error: unknown) => { message: string }
  /** What the way out does, where it is a choice of its own. */
  onCancel?: () => void
  onClose: () => void
  children: ComponentChildren
}

/** Asks before what cannot be taken back. The focus is on the way out. */
export function Confirm({
  title,
  action,
  cancel = 'Cancel',
  run,
  explain,
  onCancel,
  onClose,
  children,
}: Props) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const go = async () => {
    setBusy(true)
    setFailure('')
    try {
      await run()
      onClose()
    } catch (error) {
      setFailure(explain?.(error).message ?? 'This did not work. Try again.')
      setBusy(false)
    }
  }
  const footer = (
    <>
      <Button autofocus onClick={onCancel ?? onClose}>
        {cancel}
      </Button>
      <Button look="danger" busy={busy} onClick={() => void go()}>
        {action}
      </Button>
    </>
  )
  return (
    <Modal kind="dialog" title={title} onClose={onClose} footer={footer}>
      {children}
      {failure && (
        <Notice tone="red" role="alert">
          {failure}
        </Notice>
      )}
    </Modal>
  )
}
