import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { moveBeside } from './place-beside.ts'
import './menu.css'

interface Props {
  /** Props for the button that opens it. */
  trigger: (props: { popovertarget: string; 'aria-haspopup': 'dialog' }) => ComponentChildren
  label: string
  onToggle?: (open: boolean) => void
  /** Drawn only while it is open; takes the focus by itself, and can close the box. */
  children: (close: () => void) => ComponentChildren
}

/** A box in the top layer beside its button, for more than a menu can hold. Escape and a click elsewhere close it. */
export function Popover({ trigger, label, onToggle, children }: Props) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  useLayoutEffect(() => {
    const anchor = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`)
    anchor?.setAttribute('aria-expanded', String(open))
    const held = box.current
    if (!(open && anchor && held)) return
    // Placed when it is shown, and again when what it holds changes its size.
    const resized = new ResizeObserver(() => moveBeside(anchor, held))
    resized.observe(held)
    return () => resized.disconnect()
  }, [id, open])
  return (
    <>
      {trigger({ popovertarget: id, 'aria-haspopup': 'dialog' })}
      <div
        ref={box}
        id={id}
        class="menu"
        popover="auto"
        role="dialog"
        aria-label={label}
        // What it holds is there when it opens, so that no key is lost, and until the focus has gone back.
        onBeforeToggle={({ newState }) => {
          if (newState === 'open') setOpen(true)
        }}
        onToggle={({ newState }) => {
          setOpen(newState === 'open')
          onToggle?.(newState === 'open')
        }}
      >
        {open && children(() => box.current?.hidePopover())}
      </div>
    </>
  )
}
