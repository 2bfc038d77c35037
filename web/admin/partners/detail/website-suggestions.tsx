import { useRef } from 'preact/hooks'
import { languageName } from '#web/admin/partners/edit/languages.ts'
import { formatDay } from '#web/format.ts'
import { Avatar } from '#web/ui/avatar.tsx'
import { Button } from '#web/ui/button.tsx'
import type { Partner } from '#worker/partners/schema.ts'
import { REGION_LABELS, REGIONS } from '#worker/partners/terms.ts'
import type { Suggestion } from '#worker/signals/schema.ts'
import type { SuggestedField } from '#worker/signals/terms.ts'
import { useSignals } from './use-signals.ts'
import { useSuggestions } from './use-suggestions.ts'
import { isWebAddress } from './web-address.ts'
import './website-suggestions.css'

const SUGGESTED_LABELS: Record<SuggestedField, string> = {
  name: 'Name',
  description: 'Description',
  languages: 'Languages',
  region: 'Region',
  logo: 'Logo',
}

interface Props {
  partner: Partner
  /** Why this person may not change partners. */
  refusal: string | undefined
}

/** What the partner's website says and its profile does not. Nothing is taken over unless somebody says so. */
export function WebsiteSuggestions({ partner, refusal }: Props) {
  const { data } = useSignals(partner.id)
  const place = useRef<HTMLElement>(null)
  const { busy, taken, take, ignore } = useSuggestions(partner, () => focusNext(place.current))
  const suggestions = data?.suggestions ?? []
  return (
    <section
      ref={place}
      class="website-suggestions"
      aria-label="Suggestions from the website"
      hidden={suggestions.length === 0 && !taken}
    >
      <h3>
        Suggestions from the website <span class="number muted">{suggestions.length}</span>
      </h3>
      <ul>
        {suggestions.map((suggestion) => {
          const label = SUGGESTED_LABELS[suggestion.field]
          return (
            <li key={suggestion.field}>
              <div class="suggestion-what">
                <p class="suggestion-field">{label}</p>
                <Proposed suggestion={suggestion} partner={partner} />
                <Origin suggestion={suggestion} />
              </div>
              <div class="suggestion-choice">
                <Button
                  unavailable={refusal}
                  busy={busy === suggestion.field}
                  aria-label={`Accept ${label.toLowerCase()}`}
                  onClick={() => void take(suggestion)}
                >
                  Accept
                </Button>
                <Button
                  look="plain"
                  unavailable={refusal}
                  aria-label={`Ignore ${label.toLowerCase()}`}
                  onClick={() => void ignore(suggestion)}
                >
                  Ignore
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
      {/* Here and not as a toast: while the drawer is open, nothing beside it can be pressed. */}
      <p class="suggestion-taken" role="status">
        {taken && (
          <>
            {SUGGESTED_LABELS[taken.field]} taken over.{' '}
            <Button look="plain" onClick={() => void taken.undo()}>
              Undo
            </Button>
          </>
        )}
      </p>
    </section>
  )
}

function Proposed({ suggestion: { field, value }, partner }: { suggestion: Suggestion; partner: Partner }) {
  if (field === 'logo') return <Avatar name={partner.name} imageUrl={String(value)} size="large" />
  const text = saidOf(field, value)
  const before = saidOf(field, field === 'region' ? partner.region : field === 'name' ? partner.name : '')
  return (
    <p class="suggestion-value">
      {text} {before && <span class="muted">instead of {before}</span>}
    </p>
  )
}

function saidOf(field: SuggestedField, value: string | readonly string[]): string {
  const values = [value].flat()
  if (field === 'languages') return values.map(languageName).join(', ')
  const region = field === 'region' && REGIONS.find((one) => one === values[0])
  return region ? REGION_LABELS[region] : values.join(', ')
}

function Origin({ suggestion: { url, at } }: { suggestion: Suggestion }) {
  return (
    <p class="suggestion-origin">
      {isWebAddress(url) && (
        <>
          <a href={url} target="_blank" rel="noopener noreferrer">
            {new URL(url).hostname}
            <span class="sr-only"> (opens a new tab)</span>
          </a>
          {' · '}
        </>
      )}
      <time class="number" dateTime={at}>
        {formatDay(at)}
      </time>
    </p>
  )
}

/** The button that was pressed is gone: on to the next suggestion, to what takes it back, or back to the tab. */
function focusNext(section: HTMLElement | null) {
  const next = section?.querySelector<HTMLElement>('button')
  const tab = section?.closest('dialog')?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')
  ;(next ?? tab)?.focus()
}
