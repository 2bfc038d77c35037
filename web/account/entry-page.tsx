import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Brand } from '#web/brand.tsx'
import { useTitle } from '#web/ui/use-title.ts'
import './entry-page.css'

interface Props {
  title: string
  lead?: ComponentChildren
  /** Links below the card. */
  more?: ComponentChildren
  /** Moves the focus to the heading: for a page that has just replaced another one's answer. */
  announce?: boolean
  children?: ComponentChildren
}

/** The frame of every page that one sees before being signed in. */
export function EntryPage({ title, lead, more, announce, children }: Props) {
  useTitle(title)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (announce) heading.current?.focus()
  }, [announce])
  return (
    <div class="entry">
      <main>
        <div class="entry-brand">
          <Brand size={22} /> Entente
        </div>
        <div class="entry-card">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p class="lead">{lead}</p>}
          {children}
        </div>
        {more && <div class="entry-more">{more}</div>}
      </main>
    </div>
  )
}
