import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '#web/ui/button.tsx'
import { focusSoon, HEADING } from '#web/ui/focus.ts'
import { Notice } from '#web/ui/notice.tsx'
import { toast } from '#web/ui/toast.tsx'
import { draftOf, type FormPart } from './draft.ts'
import { meetingOf } from './merge.ts'
import type { BuilderState } from './use-builder.ts'
import '#web/ui/segments.css'

const PART_LABELS: Record<FormPart, string> = {
  name: 'Name',
  slug: 'Address',
  sections: 'Questions',
  design: 'Design',
  content: 'Content',
  share: 'Share',
  notifications: 'Notifications',
  dailyCap: 'Daily limit',
}

const wordsOf = (parts: readonly FormPart[]) =>
  new Intl.ListFormat('en').format(parts.map((part) => PART_LABELS[part]))

/** Somebody else saved while one edits: what of it comes along, and the choice where both changed the same. */
export function StaleNotice({ builder }: { builder: BuilderState }) {
  const { form, basis, draft } = builder
  const [givenUp, setGivenUp] = useState<readonly FormPart[]>([])
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector<HTMLElement>('[data-form-message]')?.focus(), [])
  const { theirs, both } = meetingOf(basis.draft, draft, draftOf(form))
  const who = builder.otherPerson || 'Somebody else'
  const goOn = () => {
    builder.goOn(form, givenUp)
    focusSoon(HEADING)
  }
  const takeAll = () => {
    toast({ text: 'You have taken theirs.', undo: { label: 'Undo', run: builder.restart() } })
    focusSoon(HEADING)
  }
  return (
    <div ref={box}>
      <Notice tone="amber" role="alert" data-form-message tabIndex={-1}>
        <p>
          <strong>{who} saved this form while you were editing</strong>
        </p>
        {theirs.length > 0 && <p>Their changes to {wordsOf(theirs)} come along with yours.</p>}
        {both.length > 0 && <p>You both changed {wordsOf(both)}. Choose what stays:</p>}
        {both.map((part) => (
          <Choice
            key={part}
            part={part}
            isTheirs={givenUp.includes(part)}
            choose={(isTheirs) =>
              setGivenUp((before) => [...before.filter((one) => one !== part), ...(isTheirs ? [part] : [])])
            }
          />
        ))}
        <p class="notice-actions">
          <Button onClick={goOn}>Go on</Button>
          <Button look="plain" onClick={takeAll}>
            Drop all of mine
          </Button>
        </p>
      </Notice>
    </div>
  )
}

interface ChoiceProps {
  part: FormPart
  isTheirs: boolean
  choose: (isTheirs: boolean) => void
}

const Choice = ({ part, isTheirs, choose }: ChoiceProps) => (
  <fieldset class="field stale-choice">
    <legend>{PART_LABELS[part]}</legend>
    <div class="segments">
      {[false, true].map((theirs) => (
        <label key={String(theirs)}>
          <input
            class="sr-only"
            type="radio"
            name={`stale-${part}`}
            checked={theirs === isTheirs}
            onChange={() => choose(theirs)}
          />
          {theirs ? 'Take theirs' : 'Keep mine'}
        </label>
      ))}
    </div>
  </fieldset>
)
