import type { ComponentChildren } from 'preact'
import './badge.css'

export type Tone = 'grey' | 'green' | 'amber' | 'red' | 'blue' | 'violet'

interface Props {
  tone?: Tone
  /** Plain has no ground of its own: for values that fill a whole column. */
  look?: 'plain'
  icon?: ComponentChildren
  title?: string
  children: ComponentChildren
}

export function Badge({ tone = 'grey', look, icon, title, children }: Props) {
  return (
    <span class="badge" data-tone={tone} data-look={look} title={title}>
      {icon}
      <span class="truncate">{children}</span>
    </span>
  )
}
