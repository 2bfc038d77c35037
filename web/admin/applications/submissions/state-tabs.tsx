import { formatCount } from '#web/format.ts'
import '#web/ui/pills.css'
import type { SubmissionCounts } from '#worker/submissions/schema.ts'
import { SUBMISSION_STATE_LABELS } from '#worker/submissions/terms.ts'
import { TABS, type Tab } from './place.ts'

interface Props {
  counts: SubmissionCounts | undefined
  tab: Tab
  pathOf: (tab: Tab) => string
}

const LABELS: Record<Tab, string> = { all: 'All', ...SUBMISSION_STATE_LABELS, suspected: 'Suspected spam' }

const countOf = (counts: SubmissionCounts, tab: Tab) =>
  tab === 'all' ? counts.new + counts.approved + counts.rejected : counts[tab]

/** The states with how many there are of each. What is suspected shows only where there is some. */
export const StateTabs = ({ counts, tab: chosen, pathOf }: Props) => (
  <nav class="pills" aria-label="States">
    {TABS.filter((tab) => tab !== 'suspected' || chosen === tab || counts?.suspected).map((tab) => (
      <a key={tab} href={pathOf(tab)} aria-current={tab === chosen ? 'page' : undefined}>
        {LABELS[tab]} {counts && <span class="number muted">{formatCount(countOf(counts, tab))}</span>}
      </a>
    ))}
  </nav>
)
