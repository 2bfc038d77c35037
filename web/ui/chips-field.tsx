import { X } from 'lucide-preact'
import type { TargetedInputEvent } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { Field, type FieldProps } from './field.tsx'
import type { Option } from './select-field.tsx'
import { suggestedFor, useSuggestions } from './suggestions.tsx'

interface Props extends Omit<FieldProps, 'error'> {
  error?: string | undefined
  values: readonly string[]
  setValues: (values: string[]) => void
  options: readonly Option[]
  /** What typed text stands for; null when it is nothing that can be added. */
  accept: (typed: string) => string | null
  /** What to say of text that is nothing. */
  refusal: string
  placeholder: string
  /** How a value reads that is not among the options. */
  read?: (value: string) => string
  /** For callers who look for more options than they have brought along. */
  onType?: (typed: string) => void
}

/**
 * Several values in one field. Enter or a comma adds what is typed or chosen, Backspace in the empty field takes the last
 * one away, and so does the cross of each.
 */
export function ChipsField({ label, hint, error, optional, placeholder, ...rest }: Props) {
  const { values, input, typed, refused, remove, list, onInput, onKeyDown, onBlur, read } = useChips(
    label,
    rest,
  )
  return (
    <Field label={label} hint={hint} error={refused ? rest.refusal : error} optional={optional ?? false}>
      {({ class: look, ...control }) => (
        <div class="suggested">
          <div class={`${look} chips`}>
            {values.map((value) => (
              <span key={value} class="chip">
                <span class="truncate">{read(value)}</span>
                <button type="button" aria-label={`Remove ${read(value)}`} onClick={() => remove(value)}>
                  <X size={12} aria-hidden="true" />
                </button>
              </span>
            ))}
            <input
              ref={input}
              type="text"
              value={typed}
              placeholder={values.length === 0 ? placeholder : ''}
              {...control}
              {...list.inputProps}
              onInput={onInput}
              onClick={list.open}
              onKeyDown={onKeyDown}
              onBlur={onBlur}
            />
          </div>
          {list.list}
        </div>
      )}
    </Field>
  )
}

type ChipsState = Pick<Props, 'values' | 'setValues' | 'options' | 'accept' | 'read' | 'onType'>

function useChips(label: string, { values, setValues, options, accept, read, onType }: ChipsState) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [refused, setRefused] = useState(false)
  const type = (text: string) => {
    setTyped(text)
    setRefused(false)
    onType?.(text)
  }
  const add = (value: string) => {
    if (!values.includes(value)) setValues([...values, value])
    type('')
  }
  const addTyped = () => {
    if (typed.trim() === '') return
    const value = accept(typed.trim())
    if (value === null) return setRefused(true)
    add(value)
    return value
  }
  const remove = (value: string) => {
    setValues(values.filter((one) => one !== value))
    input.current?.focus()
  }
  const left = options.filter(({ value }) => !values.includes(value))
  const list = useSuggestions({ label, options: suggestedFor(left, typed), choose: add, staysOpen: true })
  const onInput = (event: TargetedInputEvent<HTMLInputElement>) => {
    const text = event.currentTarget.value
    // Commas of a paste, and of keyboards on screens, which tell of no key.
    const parts = text.split(',')
    const last = parts.pop() ?? ''
    const found = parts.filter((part) => part.trim() !== '').map((part) => accept(part.trim()))
    const added = found.filter((value) => value !== null)
    const isAll = added.length === found.length
    if (isAll && added.length > 0) setValues([...new Set([...values, ...added])])
    type(isAll && parts.length > 0 ? last.trimStart() : text)
    list.open()
  }
  /** The key that sends the form adds what is typed first, so that it goes along. */
  const sendWithTyped = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    // It would cover what the field then has to say.
    list.close()
    if (typed.trim() === '') return
    event.preventDefault()
    event.stopPropagation()
    if (addTyped() !== undefined) setTimeout(() => input.current?.form?.requestSubmit())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.metaKey || event.ctrlKey) return sendWithTyped(event)
    if (list.press(event)) return
    const last = values.at(-1)
    if (event.key === 'Backspace' && typed === '' && last !== undefined) remove(last)
    if (event.key !== 'Enter' && event.key !== ',') return
    // Enter in a field of several values never sends the form.
    event.preventDefault()
    addTyped()
  }
  const onBlur = () => {
    list.close()
    addTyped()
  }
  const readValue = (value: string) =>
    options.find((option) => option.value === value)?.label ?? read?.(value) ?? value
  return { values, input, typed, refused, remove, list, onInput, onKeyDown, onBlur, read: readValue }
}
