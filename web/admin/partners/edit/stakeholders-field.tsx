import { Plus, Trash2 } from 'lucide-preact'
import { useId, useRef } from 'preact/hooks'
import { Button, IconButton } from '#web/ui/button.tsx'
import { SelectField } from '#web/ui/select-field.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import type { BoundField } from '#web/ui/use-form.ts'
import { SIDE } from './fields.ts'
import { type Person, readPeople, writeList } from './lists.ts'

const NOBODY: Person = { name: '', role: '', side: 'partner', email: '' }

/** The people who matter to the partnership, on both sides. */
export function StakeholdersField({ label, name, value, error, set }: BoundField & { label: string }) {
  const people = readPeople(value)
  const id = useId()
  const group = useRef<HTMLFieldSetElement>(null)
  const change = (at: number, part: Partial<Person>) =>
    set(writeList(people.map((person, index) => (index === at ? { ...person, ...part } : person))))
  const add = () => {
    set(writeList([...people, NOBODY]))
    requestAnimationFrame(() => group.current?.querySelector<HTMLElement>('li:last-child input')?.focus())
  }
  const remove = (at: number) => {
    set(writeList(people.filter((_, index) => index !== at)))
    group.current?.querySelector<HTMLElement>('[data-add]')?.focus()
  }
  return (
    <fieldset ref={group} class="field stakeholders" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{label}</legend>
      {people.length > 0 && (
        <ol>
          {people.map((person, at) => (
            <li key={at}>
              <PersonFields person={person} name={`${name}/${at}`} change={(part) => change(at, part)} />
              <IconButton label={`Remove ${person.name || `number ${at + 1}`}`} onClick={() => remove(at)}>
                <Trash2 size={15} aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      {error && (
        <p id={`${id}-error`} class="error">
          {error}
        </p>
      )}
      <Button data-add aria-invalid={error ? 'true' : undefined} onClick={add}>
        <Plus size={14} aria-hidden="true" />
        Add a stakeholder
      </Button>
    </fieldset>
  )
}

interface PersonProps {
  person: Person
  name: string
  change: (part: Partial<Person>) => void
}

function PersonFields({ person, name, change }: PersonProps) {
  const bind = (part: keyof Person) => ({
    name: `${name}/${part}`,
    value: person[part],
    set: (text: string) => change({ [part]: text }),
  })
  return (
    <div class="pair">
      <TextField label="Name" autocomplete="off" {...bind('name')} />
      <TextField label="Role" autocomplete="off" optional="unsaid" {...bind('role')} />
      <TextField label="E-mail" type="email" autocomplete="off" optional="unsaid" {...bind('email')} />
      <SelectField label="Side" empty="Choose…" options={SIDES} {...bind('side')} />
    </div>
  )
}

const SIDES = SIDE.options.map(({ value, label }) => ({ value, label: sentence(label) }))

function sentence(words: string) {
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
