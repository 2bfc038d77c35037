import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Failure, placeErrors } from './place-errors.ts'

/** What a field needs from its form. */
export interface BoundField {
  name: string
  value: string
  error?: string | undefined
  set: (value: string) => void
}

type Errors = Readonly<Record<string, string>>

interface Options<Name extends string> {
  /** Field names are JSON pointers into the body without the leading slash: `primaryContact/email`. */
  initial: Record<Name, string>
  /** Messages for what can be seen to be wrong before anything is sent. */
  check?: (values: Record<Name, string>) => Partial<Record<Name, string>>
  submit: (values: Record<Name, string>) => Promise<void>
  explain: (error: unknown) => Failure
}

/**
 * The state of a form. Whatever goes wrong, every value stays as typed, the server's errors stand at their fields, and
 * the first wrong field has the focus. A second submit while one is under way does nothing.
 */
export function useForm<Name extends string>({ initial, check, submit, explain }: Options<Name>) {
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Errors>({})
  const [message, setMessage] = useState('')
  const [sending, setSending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const underWay = useRef(false)
  const focusDue = useRef(false)

  useLayoutEffect(() => {
    if (!focusDue.current) return
    focusDue.current = false
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-message]')?.focus()
  })

  const set = (name: Name, value: string) => {
    setValues((before) => ({ ...before, [name]: value }))
    setErrors(({ [name]: _, ...others }) => others)
  }

  const fail = (failure: Failure) => {
    const placed = placeErrors(failure, Object.keys(initial))
    focusDue.current = true
    setErrors(placed.errors)
    setMessage(placed.message)
  }

  const send = async (event?: Event) => {
    event?.preventDefault()
    if (underWay.current) return
    const wrong = Object.entries<string | undefined>(check?.(values) ?? {})
    const found = wrong.flatMap(([name, detail]) => (detail ? [{ pointer: `/${name}`, detail }] : []))
    if (found.length > 0) return fail({ message: '', errors: found })
    underWay.current = true
    setSending(true)
    setMessage('')
    try {
      await submit(values)
      setErrors({})
    } catch (error) {
      fail(explain(error))
    } finally {
      underWay.current = false
      setSending(false)
    }
  }

  const field = (name: Name): BoundField => ({
    name,
    value: values[name],
    error: errors[name],
    set: (value) => set(name, value),
  })
  const dirty = Object.keys(initial).some((name) => Reflect.get(initial, name) !== Reflect.get(values, name))
  return { form, values, set, field, send, sending, message, dirty, reset: () => setValues(initial) }
}

export type FormState = Pick<ReturnType<typeof useForm<string>>, 'form' | 'send' | 'message'>
