import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-preact'
import type { HTMLAttributes } from 'preact'
import './notice.css'

interface Props extends HTMLAttributes<HTMLDivElement> {
  tone?: 'blue' | 'green' | 'amber' | 'red'
}

const ICONS = { blue: Info, green: CircleCheck, amber: TriangleAlert, red: CircleAlert }

export function Notice({ tone = 'blue', children, ...rest }: Props) {
  const Icon = ICONS[tone]
  return (
    <div class="notice" data-tone={tone} {...rest}>
      <Icon size={15} aria-hidden="true" />
      <div>{children}</div>
    </div>
  )
}
