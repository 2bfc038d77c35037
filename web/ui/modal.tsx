import { X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { IconButton } from './button.tsx'
import { placeToasts } from './toast.tsx'
import './modal.css'

interface Props {
  /** A drawer stands at the right edge, a side at the left, a palette near the top and without a head. */
  kind: 'dialog' | 'drawer' | 'side' | 'palette'
  title: string
  titleHidden?: boolean
  /** For a drawer that holds more than a short form. */
  wide?: boolean
  /** Stands before the title. */
  lead?: ComponentChildren
  /** Stand between the title and the cross. */
  actions?: ComponentChildren
  /** Asked for by Escape, the backdrop, the back gesture or the cross; whoever opened it decides. */
  onClose: () => void
  footer?: ComponentChildren
  children: ComponentChildren
}

/** A native modal dialog, open for as long as it is mounted; the focus then returns to where it was. */
export function Modal({ kind, title, titleHidden, wide, onClose, lead, actions, footer, children }: Props) {
  const dialog = useOpenDialog()
  const titleId = useId()
  const pressedOutside = useRef(false)
  const leave = (event: Event) => {
    event.preventDefault()
    onClose()
  }
  return (
    <dialog
      ref={dialog}
      class="modal"
      data-kind={kind}
      data-wide={wide || undefined}
      aria-labelledby={titleId}
      onCancel={(event) => event.target === dialog.current && leave(event)}
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && leave(event)}
      onPointerDown={(event) => {
        pressedOutside.current = event.target === dialog.current
      }}
      onClick={(event) => event.target === dialog.current && pressedOutside.current && onClose()}
    >
      <div class="modal-head">
        {lead}
        <h2 id={titleId} class={titleHidden ? 'sr-only' : undefined} title={title} tabIndex={-1}>
          {title}
        </h2>
        {actions}
        <IconButton label="Close" onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </div>
      <div class="modal-body">{children}</div>
      {footer && <div class="modal-foot">{footer}</div>}
    </dialog>
  )
}

function useOpenDialog() {
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    const open = () => {
      dialog.showModal()
      const first =
        dialog.querySelector<HTMLElement>('[autofocus]') ?? dialog.querySelector<HTMLElement>('h2')
      first?.focus()
    }
    // A browser may close it without asking (a second back gesture); while mounted it stays open.
    const reopen = () => dialog.isConnected && open()
    open()
    placeToasts()
    dialog.addEventListener('close', reopen)
    return () => {
      dialog.removeEventListener('close', reopen)
      dialog.close()
      placeToasts()
    }
  }, [])
  return ref
}
