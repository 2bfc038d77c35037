import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { useProgram } from '#web/admin/partners/directory.ts'
import { editPath, partnerPath } from '#web/admin/partners/drawer-path.ts'
import { FIELD_NAMES, type FieldName, fieldOf } from '#web/admin/partners/edit/fields.ts'
import { namesOf } from '#web/admin/partners/names.ts'
import {
  SCORE_LABELS,
  ScoreFace,
  type ScoreKind,
  scoreInWords,
  scoreMarks,
  scoreOf,
} from '#web/admin/partners/score.tsx'
import { formatDay } from '#web/format.ts'
import { Badge } from '#web/ui/badge.tsx'
import type { Partner } from '#worker/partners/schema.ts'
import { AppliedOn } from './applied-on.tsx'
import { TierPanel } from './tier-panel.tsx'
import { WebsiteSuggestions } from './website-suggestions.tsx'

const SCORES: readonly ScoreKind[] = ['fit', 'health']

/** Shown above, or drawn in a way of their own below the list. */
const ELSEWHERE = new Set<FieldName>([
  'name',
  'domain',
  'stage',
  'tier',
  'managerId',
  'description',
  'jointValueProposition',
  'keyStakeholders',
])

/** Everything that is known of a partner; what is not known is named in one line instead of a column of dashes. */
export function Overview({ partner, refusal }: { partner: Partner; refusal: string | undefined }) {
  const { data: program } = useProgram()
  const nameOf = namesOf(partner, program)
  // Among the further ones, the primary region would be named twice.
  const shown = { ...partner, regions: partner.regions.filter((region) => region !== partner.region) }
  const said = (name: FieldName) => fieldOf(name).say(fieldOf(name).read(shown), nameOf)
  const listed = FIELD_NAMES.filter((name) => !ELSEWHERE.has(name) && said(name) !== '')
  const missing = FIELD_NAMES.filter((name) => said(name) === '')
  return (
    <div class="overview">
      <ScoreCards partner={partner} />
      <WebsiteSuggestions partner={partner} refusal={refusal} />
      <TierPanel partner={partner} program={program} />
      {partner.description && (
        <section>
          <h3>About</h3>
          <p class="prose">{partner.description}</p>
        </section>
      )}
      <dl class="facts">
        {listed.map((name) => (
          <Fact key={name} label={fieldOf(name).label}>
            <FactValue name={name} partner={partner} text={said(name)} />
          </Fact>
        ))}
        {partner.submissionId && (
          <Fact label="Applied">
            <AppliedOn submissionId={partner.submissionId} />
          </Fact>
        )}
        <Fact label="Added">{formatDay(partner.createdAt)}</Fact>
        <Fact label="Last edited">{formatDay(partner.updatedAt)}</Fact>
      </dl>
      {partner.jointValueProposition && (
        <section>
          <h3>Joint value proposition</h3>
          <p class="prose">{partner.jointValueProposition}</p>
        </section>
      )}
      <Stakeholders partner={partner} />
      {missing.length > 0 && <Missing id={partner.id} names={missing} refusal={refusal} />}
    </div>
  )
}

/** Both scores, and the way to how they are made up. */
function ScoreCards({ partner }: { partner: Partner }) {
  const { route } = useLocation()
  const open = (score: ScoreKind) =>
    route(partnerPath(location.search, partner.id, { tab: 'scores', score }), true)
  return (
    <div class="score-cards">
      {SCORES.map((kind) => {
        const score = scoreOf(partner, kind)
        return (
          <button key={kind} type="button" onClick={() => open(kind)}>
            <span class="muted">{SCORE_LABELS[kind]}</span>
            <span class="sr-only">: {scoreInWords(score)}</span>
            <span class="score" aria-hidden="true" {...scoreMarks(score)}>
              <ScoreFace score={score} />
            </span>
          </button>
        )
      })}
    </div>
  )
}

const Fact = ({ label, children }: { label: string; children: ComponentChildren }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

function FactValue({ name, partner, text }: { name: FieldName; partner: Partner; text: string }) {
  if (name === 'tags')
    return (
      <span class="fact-tags">
        {partner.tags.map((tag) => (
          <Badge key={tag}>
            <span class="truncate">{tag}</span>
          </Badge>
        ))}
      </span>
    )
  if (name === 'pulse' && partner.pulseAt)
    return (
      <>
        {text} <span class="muted">· {formatDay(partner.pulseAt)}</span>
      </>
    )
  return <>{text}</>
}

function Stakeholders({ partner: { keyStakeholders } }: { partner: Partner }) {
  if (keyStakeholders.length === 0) return null
  return (
    <section>
      <h3>Key stakeholders</h3>
      <ul class="people">
        {keyStakeholders.map(({ name, role, side, email }, at) => (
          <li key={`${at} ${name}`}>
            <p>
              {name} {role && <span class="muted">· {role}</span>}
            </p>
            <p class="muted">
              {side === 'vendor' ? 'Our side' : 'Their side'}
              {email && (
                <>
                  {' '}
                  · <a href={`mailto:${email}`}>{email}</a>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface MissingProps {
  id: string
  names: readonly FieldName[]
  refusal: string | undefined
}

function Missing({ id, names, refusal }: MissingProps) {
  const words = new Intl.ListFormat('en').format(names.map((name) => fieldOf(name).label.toLowerCase()))
  return (
    <p class="missing">
      Not filled in: {words}. {!refusal && <a href={editPath(location.search, id)}>Fill in</a>}
    </p>
  )
}
