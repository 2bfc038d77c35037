import { Minus, PenLine, Plus } from 'lucide-preact'
import { isNothing, type Line, type Part, type ProgramDiff } from './diff.ts'
import './diff-view.css'

const MARKS = { added: Plus, removed: Minus, changed: PenLine }
const KIND_WORDS = { added: 'Added', removed: 'Removed', changed: 'Changed' }

/** A difference, to be read from top to bottom. */
export function DiffView({ diff }: { diff: ProgramDiff }) {
  if (isNothing(diff)) return <p class="muted">No difference.</p>
  return (
    <div class="diff">
      {diff.order && (
        <ul>
          <DiffLine line={diff.order} />
        </ul>
      )}
      {diff.tracks.map((track) => (
        <section key={`${track.kind} ${track.title}`}>
          <PartTitle part={track} level={3} />
          <Lines lines={track.lines} />
          {track.tiers.map((tier) => (
            <div key={`${tier.kind} ${tier.title}`} class="diff-tier">
              <PartTitle part={tier} level={4} />
              <Lines lines={tier.lines} />
            </div>
          ))}
        </section>
      ))}
    </div>
  )
}

function PartTitle({ part: { kind, title }, level }: { part: Part; level: 3 | 4 }) {
  const Heading = level === 3 ? 'h3' : 'h4'
  return (
    <Heading data-kind={kind}>
      {title}
      {kind !== 'changed' && <span class="diff-kind">{KIND_WORDS[kind]}</span>}
    </Heading>
  )
}

const Lines = ({ lines }: { lines: readonly Line[] }) =>
  lines.length === 0 ? null : (
    <ul>
      {lines.map((line, at) => (
        <DiffLine key={at} line={line} />
      ))}
    </ul>
  )

function DiffLine({ line }: { line: Line }) {
  const Mark = MARKS[line.kind]
  return (
    <li data-kind={line.kind}>
      <Mark size={13} aria-hidden="true" />
      <span class="sr-only">{KIND_WORDS[line.kind]}: </span>
      {line.kind === 'changed' ? (
        <span>
          {line.label}: <del>{line.was}</del> <ins>{line.now}</ins>
        </span>
      ) : (
        <span>{line.text}</span>
      )}
    </li>
  )
}
