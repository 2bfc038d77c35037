import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './button.css'

interface ButtonProps extends Omit<ButtonHTMLAttributes, 'disabled' | 'icon'> {
  look?: 'default' | 'primary' | 'danger' | 'plain'
  /** Why it cannot be used now. It stays focusable, so that everybody can learn the reason. */
  unavailable?: string | undefined
  busy?: boolean
  wide?: boolean
  children: ComponentChildren
}

export function Button({ look, unavailable, busy, wide, children, onClick, ...rest }: ButtonProps) {
  const reasonId = useId()
  const idle = !(unavailable || busy)
  return (
    <button
      type="button"
      class="button"
      data-look={look}
      data-wide={wide || undefined}
      data-tip={unavailable}
      aria-disabled={idle ? undefined : 'true'}
      aria-busy={busy ? 'true' : undefined}
      aria-describedby={unavailable ? reasonId : undefined}
      {...rest}
      onClick={idle ? onClick : (event) => event.preventDefault()}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {children}
      {unavailable && (
        <span id={reasonId} class="sr-only">
          {unavailable}
        </span>
      )}
    </button>
  )
}

interface IconButtonProps extends Omit<ButtonProps, 'look' | 'wide'> {
  /** What it does, in words: its name for assistive technology and its tooltip. */
  label: string
}

export function IconButton({ label, unavailable, children, ...rest }: IconButtonProps) {
  const tip = unavailable ? `${label}: ${unavailable}` : label
  return (
    <Button look="plain" data-icon aria-label={label} unavailable={unavailable} {...rest} data-tip={tip}>
      {children}
    </Button>
  )
}
