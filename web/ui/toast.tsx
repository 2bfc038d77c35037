import { X } from 'lucide-preact'
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Button, IconButton } from './button.tsx'
import './toast.css'

interface Toast {
  text: string
  /** What takes it back, for as long as the toast stands. */
  undo?: { label: string; run: () => void }
}
type Shown = Toast & { id: number }

/** With something to press it stays longer; pointing at it or focusing it stops the clock. */
const STAYS_MS = 5_000
const STAYS_WITH_UNDO_MS = 10_000

let shown: readonly Shown[] = []
let count = 0
let redraw: () => void = () => {}

export function toast(message: Toast) {
  count += 1
  // Three at once are as many as anybody reads.
  shown = [...shown, { ...message, id: count }].slice(-3)
  redraw()
}

function dismiss(id: number) {
  shown = shown.filter((one) => one.id !== id)
  redraw()
}

/** The live region of all toasts, in the top layer. Of no page: it goes to wherever it can be pressed. */
let layer: HTMLElement | null = null

/** Mounted once for each app. */
export function Toasts() {
  useEffect(() => {
    const made = document.createElement('div')
    made.className = 'toasts'
    made.popover = 'manual'
    made.role = 'status'
    layer = made
    redraw = () => {
      placeToasts()
      render(
        shown.map((one) => <ToastView key={one.id} toast={one} />),
        made,
      )
    }
    redraw()
    return () => {
      redraw = () => {}
      layer = null
      render(null, made)
      made.remove()
    }
  }, [])
  return null
}

/**
 * Keeps the toasts within reach: while a modal dialog is open, everything outside of it is dead, so they stand in the one
 * that was opened last. Shown anew, they come above whatever has entered the top layer since.
 */
export function placeToasts() {
  if (!layer) return
  const host = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body
  if (layer.parentElement === host) layer.hidePopover()
  else host.append(layer)
  layer.showPopover()
}

function ToastView({ toast: { id, text, undo } }: { toast: Shown }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(dismiss, undo ? STAYS_WITH_UNDO_MS : STAYS_MS, id)
    return () => clearTimeout(timer)
  }, [held, id, undo])
  const hold = () => setHeld(true)
  const release = () => setHeld(false)
  return (
    <div
      class="toast"
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocusCapture={hold}
      onBlurCapture={release}
    >
      <span>{text}</span>
      {undo && (
        <Button
          onClick={() => {
            undo.run()
            dismiss(id)
          }}
        >
          {undo.label}
        </Button>
      )}
      <IconButton label="Dismiss" onClick={() => dismiss(id)}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </div>
  )
}
