import { useEffect } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { AccountPage } from '#web/account/account-page.tsx'
import { PageHead } from '#web/admin/shell/page-head.tsx'
import { deferred } from '#web/ui/deferred.tsx'
import { NotFound } from '#web/ui/not-found.tsx'
import { PageTabs } from '#web/ui/page-tabs.tsx'
import { MembersPage } from './members-page.tsx'
import './settings.css'

const ScoringPage = deferred(async () => (await import('./scoring/scoring-page.tsx')).ScoringPage)

const TABS = [
  { tab: 'members', label: 'Members', Page: MembersPage },
  { tab: 'scoring', label: 'Scoring', Page: ScoringPage },
  { tab: 'account', label: 'Account', Page: AccountPage },
]

export function SettingsPage() {
  const { route } = useLocation()
  const tab = useRoute().params.tab
  const current = TABS.find((one) => one.tab === tab)
  useEffect(() => {
    if (tab === undefined) route('/settings/members', true)
  }, [tab, route])
  if (tab === undefined) return null
  return (
    <>
      <PageHead title="Settings" />
      <PageTabs
        label="Settings"
        tabs={TABS.map(({ tab: value, label }) => ({ value, label, href: `/settings/${value}` }))}
        value={tab}
      />
      <div class="page-body">{current ? <current.Page /> : <NotFound level={2} />}</div>
    </>
  )
}
