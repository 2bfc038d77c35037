import type { ComponentChildren } from 'preact'
import { PORTAL } from '#web/account/realm.ts'
import { StrangerPage } from '#web/account/stranger-page.tsx'
import { UserMenu } from '#web/account/user-menu.tsx'
import { Brand } from '#web/brand.tsx'
import { useMe } from '#web/me.ts'
import { explain, isNetworkLoss } from '#web/problem.ts'
import { ErrorState } from '#web/ui/states.tsx'
import './portal.css'

export function PortalShell({ children }: { children: ComponentChildren }) {
  const { data: me, error, refetch } = useMe()
  if (me && me.contactOf.length === 0) return <StrangerPage me={me} realm={PORTAL} />
  return (
    <div class="portal">
      <header>
        <a class="portal-brand" href="/portal">
          <Brand />
          <span class="truncate">Partner portal</span>
        </a>
        <UserMenu me={me} realm={PORTAL} />
      </header>
      <main tabIndex={-1}>
        {error && !me ? (
          <ErrorState
            title="The portal could not be loaded"
            message={explain(error).message}
            offline={isNetworkLoss(error)}
            onRetry={() => void refetch()}
          />
        ) : (
          children
        )}
      </main>
    </div>
  )
}
