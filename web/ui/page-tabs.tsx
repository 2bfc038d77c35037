import type { ComponentChildren } from 'preact'
import './page-tabs.css'

interface Props {
  label: string
  tabs: readonly { value: string; href: string; label: ComponentChildren }[]
  value: string
}

/** The parts of a page, each with an address of its own. */
export const PageTabs = ({ label, tabs, value }: Props) => (
  <nav class="page-tabs" aria-label={label}>
    {tabs.map((tab) => (
      <a key={tab.value} href={tab.href} aria-current={tab.value === value ? 'page' : undefined}>
        {tab.label}
      </a>
    ))}
  </nav>
)
