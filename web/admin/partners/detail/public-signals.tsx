import { Check, CircleDashed, CloudOff, Minus } from 'lucide-preact'
import { Unreachable } from '#web/admin/partners/unreachable.tsx'
import { formatMoment } from '#web/format.ts'
import { Skeleton } from '#web/ui/states.tsx'
import type { PartnerSignals, SignalLine } from '#worker/signals/schema.ts'
import { SOURCE_LABELS } from '#worker/signals/terms.ts'
import { useSignals } from './use-signals.ts'
import { isWebAddress } from './web-address.ts'
import './public-signals.css'

type Source = PartnerSignals['sources'][number]

/** What the partner's domain shows everybody: found, not found, impossible to tell, or not looked for yet. */
export function PublicSignals({ id }: { id: string }) {
  const { data, error, refetch } = useSignals(id)
  if (!data && error) return <Unreachable error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton width={40} />
  return (
    <div class="signals">
      <p class="muted">
        What {data.domain} shows everybody, looked up once a week. What cannot be told lowers the confidence
        of a score, never the score.
      </p>
      {data.sources.map((source) => (
        <SourcePart key={source.source} source={source} checking={data.checking} />
      ))}
    </div>
  )
}

function SourcePart({ source, checking }: { source: Source; checking: boolean }) {
  const { source: name, state, lines } = source
  return (
    <section aria-labelledby={`signals-${name}`}>
      <header>
        <h3 id={`signals-${name}`}>{SOURCE_LABELS[name]}</h3>
        <SourceState source={source} checking={checking} />
      </header>
      {state === 'checked' && (
        <dl>
          {lines.map((line) => (
            <div key={line.name}>
              <dt>{line.label}</dt>
              <dd data-state={line.state}>
                <LineState line={line} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

function SourceState({ source: { state, at }, checking }: { source: Source; checking: boolean }) {
  const when = at && (
    <time class="number" dateTime={at}>
      {formatMoment(at)}
    </time>
  )
  if (checking)
    return (
      <p class="signal-state" role="status">
        <span class="spinner" aria-hidden="true" /> Looking it up…
      </p>
    )
  if (state === 'unchecked')
    return (
      <p class="signal-state">
        <CircleDashed size={14} aria-hidden="true" /> Not checked yet
      </p>
    )
  if (state === 'failed')
    return (
      <p class="signal-state" data-tone="amber">
        <CloudOff size={14} aria-hidden="true" /> Could not check · {when}
      </p>
    )
  return (
    <p class="signal-state">
      <Check size={14} aria-hidden="true" /> Checked · {when}
    </p>
  )
}

function LineState({ line: { state, detail, url } }: { line: SignalLine }) {
  if (state === 'absent')
    return (
      <>
        <Minus size={14} aria-hidden="true" /> Not found
      </>
    )
  if (state === 'unknown')
    return (
      <>
        <CloudOff size={14} aria-hidden="true" /> Could not check
      </>
    )
  return (
    <>
      <Check size={14} aria-hidden="true" />
      <span class="sr-only">Found: </span>
      {isWebAddress(url) ? (
        <a href={url} target="_blank" rel="noopener noreferrer">
          {detail}
          <span class="sr-only"> (opens a new tab)</span>
        </a>
      ) : (
        <span>{detail}</span>
      )}
    </>
  )
}
