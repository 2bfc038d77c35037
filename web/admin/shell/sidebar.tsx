import { ChartNoAxesColumnIncreasing, Handshake, Inbox, Search, Settings } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { ADMIN } from '#web/account/realm.ts'
import { UserMenu } from '#web/account/user-menu.tsx'
import { Brand } from '#web/brand.tsx'
import { FIND_KEYS, Kbd } from '#web/ui/kbd.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import type { Me } from '#worker/auth/schema.ts'

const PLACES = [
  { href: '/partners', label: 'Partners', Icon: Handshake },
  { href: '/partners/applications', label: 'Applications', Icon: Inbox },
  { href: '/program', label: 'Programme', Icon: ChartNoAxesColumnIncreasing },
  { href: '/settings', label: 'Settings', Icon: Settings },
]

interface Props {
  me: Me | undefined
  onFind: () => void
  onShowKeys: () => void
  children: ComponentChildren
}

export function Sidebar({ me, onFind, onShowKeys, children }: Props) {
  const { path } = useLocation()
  // The applications are below the partners, and no part of their page.
  const here = PLACES.findLast(({ href }) => isAt(path, href))
  return (
    <section class="sidebar" aria-label="Sidebar">
      <div class="sidebar-org">
        <Brand />
        {me ? <span class="truncate">{me.organization?.name}</span> : <Skeleton width={60} />}
      </div>
      <button type="button" class="find" onClick={onFind}>
        <Search size={16} aria-hidden="true" />
        <span>Find</span>
        <Kbd keys={FIND_KEYS} />
      </button>
      <nav aria-label="Main">
        <ul>
          {PLACES.map(({ href, label, Icon }) => (
            <li key={href}>
              <a href={href} aria-current={href === here?.href ? 'page' : undefined}>
                <Icon size={16} aria-hidden="true" />
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
      <UserMenu me={me} realm={ADMIN} onShowKeys={onShowKeys} />
    </section>
  )
}

const isAt = (path: string, place: string) => path === place || path.startsWith(`${place}/`)
