import { Check, CircleHelp, X } from 'lucide-preact'
import { actualWords, metricLabel, neededWords } from '#web/admin/program/rule-words.ts'
import { formatDay } from '#web/format.ts'
import { Markdown } from '#web/ui/markdown.tsx'
import { Notice } from '#web/ui/notice.tsx'
import type { Partner } from '#worker/partners/schema.ts'
import { TIER_LABELS } from '#worker/partners/terms.ts'
import type { Program, RuleResult, Standing } from '#worker/program/schema.ts'
import { TierHistory } from './tier-history.tsx'
import './tier-panel.css'

interface Props {
  partner: Partner
  /** Undefined until it is read. */
  program: Program | undefined
}

/** The tier: who decided it, by which rules, what it gives, what the next one asks for, and how it came. */
export function TierPanel({ partner, program }: Props) {
  const { tierSource, tierDetail, tier, programTierId, id } = partner
  const { rules, next, falls } = tierDetail
  const held = program?.tracks.flatMap(({ tiers }) => tiers).find(({ id: one }) => one === programTierId)
  return (
    <section class="tier-panel" aria-labelledby="tier">
      <h3 id="tier">Tier</h3>
      <p class="tier-source-words">{sourceInWords(partner)}</p>
      {falls && <Notice tone="amber">{fallInWords(falls)}</Notice>}
      {rules.length > 0 && (
        <Rules
          title={
            tier
              ? `Rules of ${partner.programTierName ?? TIER_LABELS[tier]}`
              : 'Rules of the lowest tier within reach'
          }
          rules={rules}
        />
      )}
      {held && held.benefits.trim() !== '' && (
        <div class="tier-benefits">
          <h4>Benefits of {held.name}</h4>
          <Markdown text={held.benefits} />
        </div>
      )}
      {next && next.missing.length > 0 && (
        <Rules title={`Missing for ${nameOf(next)}`} rules={next.missing} />
      )}
      {!next && tier === 'platinum' && tierSource === 'auto' && <p class="muted">There is no higher tier.</p>}
      {!next && rules.length === 0 && !tier && (
        <p class="muted">
          No track of the programme has a tier for this partner. <a href="/program">Open the programme</a>
        </p>
      )}
      <TierHistory id={id} />
    </section>
  )
}

/** Who decided: the programme's rules, or a person, when and why. */
function sourceInWords({ tier, tierSource, programTierName, tierDetail }: Partner): string {
  const { by, at, reason } = tierDetail
  const name = programTierName ?? 'Tier'
  if (tierSource === 'auto') return tier ? `${name}, auto-evaluated` : 'No tier’s rules hold yet.'
  const when = at ? ` on ${formatDay(at)}` : ''
  const why = reason ? `: “${reason}”` : ''
  return `${name} pinned by ${by?.name ?? 'a former member'}${when}${why}`
}

function fallInWords({ at, tier, name }: NonNullable<Standing['falls']>): string {
  const what = tier ? `Falls to ${name ?? TIER_LABELS[tier]}` : 'Loses its tier'
  return `${what} on ${formatDay(at)}, unless the rules below hold again by then.`
}

const nameOf = ({ name, tier }: NonNullable<Standing['next']>) =>
  name === TIER_LABELS[tier] ? name : `${name} (${TIER_LABELS[tier]})`

const MARKS = {
  met: { Icon: Check, words: 'met' },
  missed: { Icon: X, words: 'not met' },
  unknown: { Icon: CircleHelp, words: 'not known, so not met' },
}

function Rules({ title, rules }: { title: string; rules: readonly RuleResult[] }) {
  return (
    <table class="tier-rules">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col">Needed</th>
          <th scope="col">Actual</th>
          <th scope="col">
            <span class="sr-only">Met</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <RuleRow key={rule.label} rule={rule} />
        ))}
      </tbody>
    </table>
  )
}

function RuleRow({ rule: { metric, op, needed, actual, met } }: { rule: RuleResult }) {
  const mark = met === null ? 'unknown' : met ? 'met' : 'missed'
  const { Icon, words } = MARKS[mark]
  return (
    <tr>
      <th scope="row">{metricLabel(metric)}</th>
      <td>{neededWords({ metric, op, value: needed })}</td>
      <td>{actualWords(metric, actual)}</td>
      <td data-mark={mark} title={words}>
        <Icon size={14} stroke-width={2.5} aria-hidden="true" />
        <span class="sr-only">{words}</span>
      </td>
    </tr>
  )
}
