import { CloudOff, TriangleAlert } from 'lucide-preact'
import type { ComponentChildren, ComponentType } from 'preact'
import { Button } from './button.tsx'
import './states.css'

interface EmptyProps {
  icon: ComponentType<{ 'aria-hidden'?: 'true' }>
  title: string
  children: ComponentChildren
  action?: ComponentChildren
  /** 1 where it is all there is on a page. */
  level?: 1 | 2
}

/** A list without entries: what it is for, and the first thing to do. */
export function EmptyState({ icon: Icon, title, children, action, level = 2 }: EmptyProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div class="state">
      <Icon aria-hidden="true" />
      <Heading>{title}</Heading>
      <p>{children}</p>
      {action}
    </div>
  )
}

interface ErrorProps {
  title: string
  message: string
  offline?: boolean
  onRetry?: () => void
  /** For what no retry helps against. */
  action?: ComponentChildren
  /** Above the page, for what would have stood there. */
  floats?: boolean
}

export function ErrorState({ title, message, offline, onRetry, action, floats }: ErrorProps) {
  const Icon = offline ? CloudOff : TriangleAlert
  return (
    <div class="state" role="alert" data-floats={floats || undefined}>
      <Icon aria-hidden="true" />
      <h2>{title}</h2>
      <p>{message}</p>
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
      {action}
    </div>
  )
}

/** Stands where text will be; widths in percent, so that rows do not all look alike. */
export function Skeleton({ width = 60 }: { width?: number }) {
  return <span class="skeleton" style={{ width: `${width}%` }} aria-hidden="true" />
}
