import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useTitle } from '#web/ui/use-title.ts'

let isFirstPage = true

interface Props {
  title: string
  /** Stands beside the title: how many there are. */
  count?: ComponentChildren
  children?: ComponentChildren
}

/** The heading of a page. Coming from another page, it takes the focus, so that screen readers say where one is. */
export function PageHead({ title, count, children }: Props) {
  useTitle(title)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus()
    isFirstPage = false
  }, [])
  return (
    <header class="page-head">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {count !== undefined && <span class="count number">{count}</span>}
      <div class="actions">{children}</div>
    </header>
  )
}
