import { ArrowDown, ArrowUp, Plus, X } from 'lucide-preact'
import { useId } from 'preact/hooks'
import { Button, IconButton } from '#web/ui/button.tsx'
import { FieldError } from '#web/ui/field-error.tsx'
import { focusSoon } from '#web/ui/focus.ts'
import type { Option } from '#worker/applications/schema.ts'
import { OPTIONS_MAX } from '#worker/applications/terms.ts'
import { newOption } from './draft.ts'
import { withLines, withOptionStepped } from './draft-edit.ts'

interface Props {
  options: readonly Option[]
  place: string
  error: string | undefined
  set: (options: readonly Option[]) => void
}

const inputOf = (id: string) => `[data-option="${CSS.escape(id)}"]`

/** What can be chosen. Enter adds an option below, Alt with an arrow moves one, and several lines are pasted as several. */
export function OptionsEditor({ options, place, error, set }: Props) {
  const hintId = useId()
  const tooMany = options.length >= OPTIONS_MAX ? `At most ${OPTIONS_MAX} options.` : undefined
  const addAfter = (at: number) => {
    if (tooMany) return
    const option = newOption()
    set(options.toSpliced(at + 1, 0, option))
    focusSoon(inputOf(option.id))
  }
  const remove = (at: number) => {
    const next = options[at - 1] ?? options[at + 1]
    set(options.toSpliced(at, 1))
    focusSoon(next ? inputOf(next.id) : '[data-add-option]')
  }
  const move = (id: string, by: 1 | -1) => set(withOptionStepped(options, id, by))
  const press = (event: KeyboardEvent, { id, label }: Option, at: number) => {
    if (event.isComposing) return
    if (event.key === 'Enter') addAfter(at)
    else if (event.key === 'Backspace' && label === '' && options.length > 1) remove(at)
    else if (event.altKey && event.key === 'ArrowUp') {
      move(id, -1)
      focusSoon(inputOf(id))
    } else if (event.altKey && event.key === 'ArrowDown') {
      move(id, 1)
      focusSoon(inputOf(id))
    } else return
    event.preventDefault()
  }
  return (
    <fieldset class="field options" data-place={place} aria-describedby={hintId}>
      <legend>Options</legend>
      <ol>
        {options.map((option, at) => (
          <OptionLine
            key={option.id}
            option={option}
            at={at}
            count={options.length}
            rename={(label) => set(options.with(at, { ...option, label }))}
            press={(event) => press(event, option, at)}
            paste={(text) => set(withLines(options, at, text))}
            move={(by) => move(option.id, by)}
            remove={() => remove(at)}
          />
        ))}
      </ol>
      <FieldError>{error}</FieldError>
      <p id={hintId} class="hint">
        Paste a list to add one option for each line.
      </p>
      <Button look="plain" data-add-option unavailable={tooMany} onClick={() => addAfter(options.length - 1)}>
        <Plus size={14} aria-hidden="true" />
        Add an option
      </Button>
    </fieldset>
  )
}

interface LineProps {
  option: Option
  at: number
  count: number
  rename: (label: string) => void
  press: (event: KeyboardEvent) => void
  paste: (text: string) => void
  move: (by: 1 | -1) => void
  remove: () => void
}

function OptionLine({ option, at, count, rename, press, paste, move, remove }: LineProps) {
  const name = option.label || `option ${at + 1}`
  return (
    <li>
      <input
        type="text"
        class="control"
        data-option={option.id}
        aria-label={`Option ${at + 1}`}
        autocomplete="off"
        value={option.label}
        onInput={({ currentTarget }) => rename(currentTarget.value)}
        onKeyDown={press}
        onPaste={(event) => {
          const text = event.clipboardData?.getData('text/plain') ?? ''
          if (!/\n./.test(text.trim())) return
          event.preventDefault()
          paste(text)
        }}
      />
      <IconButton
        label={`Move ${name} up`}
        unavailable={at === 0 ? 'It is the first.' : undefined}
        onClick={() => move(-1)}
      >
        <ArrowUp size={14} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={`Move ${name} down`}
        unavailable={at === count - 1 ? 'It is the last.' : undefined}
        onClick={() => move(1)}
      >
        <ArrowDown size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label={`Remove ${name}`} onClick={remove}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </li>
  )
}
