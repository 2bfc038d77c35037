import { ExternalLink } from 'lucide-preact'
import { formatDay, formatMoment } from '#web/format.ts'
import type { Factor } from '#worker/scoring/schema.ts'
import { isWebAddress } from './web-address.ts'

const SOURCES: Record<Factor['evidence'][number]['source'], string> = {
  profile: 'Profile',
  signal: 'Public signal',
  plan: 'Joint plan',
  portal: 'Portal',
}

/** Where a value came from: what was seen, where, and when. */
export const Evidence = ({ evidence }: Pick<Factor, 'evidence'>) => (
  <>
    {evidence.map(({ source, detail, url, at }) => (
      <p key={`${source} ${detail}`} class="factor-evidence">
        {detail && `${detail} · `}
        {isWebAddress(url) ? (
          <a href={url} target="_blank" rel="noopener noreferrer">
            {SOURCES[source]} <ExternalLink size={11} aria-hidden="true" />
            <span class="sr-only">(opens a new tab)</span>
          </a>
        ) : (
          <span class="muted">{SOURCES[source]}</span>
        )}
        <span class="muted"> · </span>
        <time class="muted number" dateTime={at} title={formatMoment(at)}>
          {formatDay(at)}
        </time>
      </p>
    ))}
  </>
)
