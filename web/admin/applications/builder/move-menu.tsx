import { ArrowDown, ArrowUp, Copy, Ellipsis, Trash2 } from 'lucide-preact'
import { IconButton } from '#web/ui/button.tsx'
import { focusSoon } from '#web/ui/focus.ts'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { toast } from '#web/ui/toast.tsx'
import { newId, type Sections } from './draft.ts'
import {
  placeOfQuestion,
  withoutQuestion,
  withoutSection,
  withQuestionBack,
  withQuestionCopied,
  withSectionBack,
  withSectionCopied,
} from './draft-edit.ts'
import { questionPlace, sectionPlace } from './faults.ts'
import { focusPlace } from './focus-place.ts'
import type { Kind } from './sorting.ts'
import type { BuilderState } from './use-builder.ts'
import { type Grabbing, handleOf } from './use-grabbing.ts'

interface Props {
  kind: Kind
  id: string
  name: string
  isFirst: boolean
  isLast: boolean
  builder: BuilderState
  grabbing: Grabbing
}

/** What can be done with a question or section, by name. */
export function MoveMenu({ kind, id, name, isFirst, isLast, builder, grabbing }: Props) {
  const remove = useRemoving(builder)
  const copy = () => {
    const copyId = newId(kind === 'question' ? 'q' : 's')
    if (kind === 'question') {
      builder.changeSections(null, (now) => withQuestionCopied(now, id, copyId))
      builder.setOpen(copyId, true)
      focusPlace(questionPlace(copyId, 'label'))
    } else {
      builder.changeSections(null, (now) => withSectionCopied(now, id, copyId))
      focusPlace(sectionPlace(copyId, 'title'))
    }
  }
  return (
    <Menu
      label={`Actions for ${name}`}
      trigger={(props) => (
        <IconButton label={`Actions for ${name}`} {...props}>
          <Ellipsis size={15} aria-hidden="true" />
        </IconButton>
      )}
    >
      <MenuItem
        icon={<ArrowUp size={15} aria-hidden="true" />}
        unavailable={isFirst ? 'It is the first.' : undefined}
        onChoose={() => grabbing.step(kind, id, -1)}
      >
        Move up
      </MenuItem>
      <MenuItem
        icon={<ArrowDown size={15} aria-hidden="true" />}
        unavailable={isLast ? 'It is the last.' : undefined}
        onChoose={() => grabbing.step(kind, id, 1)}
      >
        Move down
      </MenuItem>
      <MenuItem icon={<Copy size={15} aria-hidden="true" />} onChoose={copy}>
        Duplicate
      </MenuItem>
      <MenuItem tone="red" icon={<Trash2 size={15} aria-hidden="true" />} onChoose={() => remove(kind, id)}>
        Remove
      </MenuItem>
    </Menu>
  )
}

/** Takes a question or section away, and brings it back when asked to. The focus goes to what follows it. */
function useRemoving({ draft: { sections }, changeSections }: BuilderState) {
  const told = (name: string, next: (now: Sections) => Sections, back: (now: Sections) => Sections) => {
    changeSections(null, next)
    toast({
      text: `${name} is removed once you save.`,
      undo: { label: 'Undo', run: () => changeSections(null, back) },
    })
  }
  return (kind: Kind, id: string) => {
    if (kind === 'section') {
      const at = sections.findIndex((section) => section.id === id)
      const section = sections[at]
      if (!section) return
      const next = sections[at + 1] ?? sections[at - 1]
      told(
        section.title || 'The section',
        (now) => withoutSection(now, id),
        (now) => withSectionBack(now, section, at),
      )
      focusSoon(next ? handleOf(next.id) : '.add-sections button')
      return
    }
    const place = placeOfQuestion(sections, id)
    if (!place) return
    const { section, question, at } = place
    const next = section.questions[at + 1] ?? section.questions[at - 1]
    told(
      question.label || 'The question',
      (now) => withoutQuestion(now, id),
      (now) => withQuestionBack(now, place),
    )
    focusSoon(handleOf(next?.id ?? section.id))
  }
}
