import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Kbd, SUBMIT_KEYS } from './kbd.tsx'

interface Props {
  /** The id of the form that is sent. */
  form: string
  busy: boolean
  /** Why it cannot be sent now. */
  unavailable?: string | undefined
  onCancel: () => void
  /** What sending does, in words. */
  children: ComponentChildren
}

/** Below a form in a dialog or drawer: the way out, and the way on. */
export const FormFoot = ({ form, busy, unavailable, onCancel, children }: Props) => (
  <>
    <Button onClick={onCancel}>Cancel</Button>
    <Button type="submit" form={form} look="primary" busy={busy} unavailable={unavailable}>
      {children}
      <Kbd keys={SUBMIT_KEYS} />
    </Button>
  </>
)
