import type { VNode } from 'preact'
import { useLocation } from 'preact-iso'
import { usePartner } from '#web/admin/partners/directory.ts'
import { editPath, partnerPath, type Tab, tabIn } from '#web/admin/partners/drawer-path.ts'
import { isGone, Unreachable } from '#web/admin/partners/unreachable.tsx'
import { Avatar } from '#web/ui/avatar.tsx'
import { LoadingLines } from '#web/ui/loading-lines.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { type Neighbours, Steps } from '#web/ui/steps.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { useTitle } from '#web/ui/use-title.ts'
import type { Partner, PartnerRow } from '#worker/partners/schema.ts'
import { ActivityTab } from './activity-tab.tsx'
import { ContactsTab } from './contacts-tab.tsx'
import { Overview } from './overview.tsx'
import { ScoresTab } from './scores-tab.tsx'
import { Summary } from './summary.tsx'
import './partner-drawer.css'

interface Props {
  id: string
  /** What the table knows already, to begin with. */
  row: PartnerRow | undefined
  /** Why this person may not change partners. */
  refusal: string | undefined
  neighbours: Neighbours
  onClose: () => void
}

/** One partner, at `/partners/{id}`. It stays open while one steps from row to row. */
export function PartnerDrawer({ id, row, refusal, neighbours, onClose }: Props) {
  const { data, error, refetch } = usePartner(id)
  const gone = isGone(error)
  const partner = gone ? undefined : (data ?? row)
  const title = partner?.name ?? 'Partner'
  useTitle(title)
  const lead = partner && <Avatar name={partner.name} imageUrl={partner.logoUrl} size="large" />
  return (
    <Modal
      kind="drawer"
      wide
      title={title}
      lead={lead}
      actions={<ToOthers id={id} canEdit={!refusal && !gone} {...neighbours} />}
      onClose={onClose}
    >
      {error && !partner ? (
        <Unreachable error={error} onRetry={() => void refetch()} onClose={onClose} />
      ) : (
        <Body
          key={id}
          id={id}
          partner={partner}
          whole={data}
          refusal={refusal}
          unread={error ? <Unreachable error={error} onRetry={() => void refetch()} /> : <LoadingLines />}
        />
      )}
    </Modal>
  )
}

/** To the rows before and after, and to the form. */
function ToOthers({ id, canEdit, ...neighbours }: Neighbours & { id: string; canEdit: boolean }) {
  const { route, query } = useLocation()
  const step = (to: string) => {
    // The tab stays: one compares the same thing from partner to partner.
    const { score } = query
    route(partnerPath(location.search, to, { tab: tabIn(query), ...(score ? { score } : {}) }), true)
  }
  const edit = () => canEdit && route(editPath(location.search, id))
  return <Steps id={id} noun="partner" {...neighbours} onStep={step} keys={{ e: edit }} />
}

interface BodyProps {
  id: string
  partner: Partner | PartnerRow | undefined
  /** The partner with all that the table does not know, once it is read. */
  whole: Partner | undefined
  /** Stands in its place until then. */
  unread: VNode
  refusal: string | undefined
}

function Body({ id, partner, whole, unread, refusal }: BodyProps) {
  const { query, route } = useLocation()
  const tab = tabIn(query)
  const go = (value: Tab) => route(partnerPath(location.search, id, { tab: value }), true)
  const count = whole && <span class="number muted">{whole.contacts.length}</span>
  const tabs = [
    { value: 'overview', label: 'Overview' },
    { value: 'scores', label: 'Scores' },
    { value: 'contacts', label: <>Contacts {count}</> },
    { value: 'activity', label: 'Activity' },
  ] as const
  return (
    <>
      <Summary id={id} partner={partner} refusal={refusal} />
      <div class="drawer-tabs">
        <Tabs label="About this partner" tabs={tabs} value={tab} onChange={go}>
          {tab === 'scores' && <ScoresTab id={id} refusal={refusal} />}
          {tab === 'activity' && <ActivityTab id={id} refusal={refusal} />}
          {tab === 'overview' && (whole ? <Overview partner={whole} refusal={refusal} /> : unread)}
          {tab === 'contacts' && (whole ? <ContactsTab partner={whole} refusal={refusal} /> : unread)}
        </Tabs>
      </div>
    </>
  )
}
