import type { ComponentChildren } from 'preact'
import { Notice } from './notice.tsx'
import type { FormState } from './use-form.ts'

interface Props {
  state: FormState
  class?: string
  id?: string
  /** Stands in place of the plain sentence when a failure needs more than words. */
  problem?: ComponentChildren
  children: ComponentChildren
}

/** A form whose errors are ours to show; Ctrl or Cmd with Enter submits from any field. */
export function Form({ state, class: className, id, problem, children }: Props) {
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    state.form.current?.requestSubmit()
  }
  return (
    <form
      ref={state.form}
      id={id}
      class={className ?? 'form'}
      noValidate
      onSubmit={(event) => void state.send(event)}
      onKeyDown={sendByKey}
    >
      {problem ??
        (state.message && (
          <Notice tone="red" role="alert" data-form-message tabIndex={-1}>
            {state.message}
          </Notice>
        ))}
      {children}
    </form>
  )
}
