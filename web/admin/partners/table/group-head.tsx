import { ChevronRight } from 'lucide-preact'
import { formatCount } from '#web/format.ts'
import type { Group } from './lines.ts'
import './group-head.css'

interface Props {
  group: Group
  open: boolean
  onFold: (key: string) => void
  /** Drawn a second time for the eye: the keyboard has the first. */
  stuck?: boolean
}

/** The head of a group, which folds it away. */
export const GroupHead = ({ group: { key, label, count }, open, onFold, stuck }: Props) => (
  <button
    type="button"
    class="group-head"
    aria-expanded={open}
    data-open={!stuck || undefined}
    tabIndex={stuck ? -1 : undefined}
    onClick={() => onFold(key)}
  >
    <ChevronRight size={14} aria-hidden="true" />
    <span class="truncate">{label}</span>
    <span class="count number">{formatCount(count)}</span>
  </button>
)
