import { GripVertical } from 'lucide-preact'
import type { Kind } from './sorting.ts'
import type { Grabbing } from './use-grabbing.ts'

interface Props {
  kind: Kind
  id: string
  name: string
  grabbing: Grabbing
}

/** What a question or section is taken by. */
export const Handle = ({ kind, id, name, grabbing }: Props) => (
  <button
    type="button"
    class="handle"
    data-handle={id}
    data-tip="Drag, or press Space and use the arrow keys"
    aria-label={`Move ${name}`}
    aria-pressed={grabbing.grabbedId === id}
    onKeyDown={(event) => grabbing.press(event, kind, id)}
    onBlur={grabbing.leave}
  >
    <GripVertical size={14} aria-hidden="true" />
  </button>
)
