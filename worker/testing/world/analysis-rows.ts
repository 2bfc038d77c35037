import type { Row } from './row.ts'

/** What the jobs have found out about a partner: scores, signals, and how it stands in the programme. */
export const analysisRows = (own: string, orgId: string, partnerId: string, icon: string | null): Row[] => [
  ...scoreRows(own, orgId, partnerId),
  ...signalRows(own, orgId, partnerId, icon),
  ...standingRows(own, orgId, partnerId),
]

function standingRows(own: string, orgId: string, partnerId: string): Row[] {
  const of = { org_id: orgId, partner_id: partnerId }
  const rule = {
    label: `${own} rule`,
    metric: 'tags',
    op: 'anyOf',
    needed: [`${own} rule`],
    actual: [],
    met: false,
  }
  const change = { from_tier: 'silver', from_name: `${own} silver`, to_name: `${own} gold` }
  return [
    ['tier_standings', { ...of, standing: JSON.stringify({ rules: [rule], next: null, falls: null }) }],
    [
      'tier_changes',
      { ...of, ...change, n: 1, at: 0, source: 'manual', actor_name: own, reason: `${own} reason` },
    ],
  ]
}

/** Facts of the partner's domain, one of them suggested for the profile and one waved off. */
function signalRows(own: string, orgId: string, partnerId: string, icon: string | null): Row[] {
  const of = { org_id: orgId, domain: `${own}.example`.toLowerCase() }
  const absent = { state: 'absent' }
  const facts = JSON.stringify({
    url: absent,
    https: absent,
    title: { state: 'found', value: `${own} title` },
    description: { state: 'found', value: `${own} description of itself` },
    languages: absent,
    organization: absent,
    technologies: absent,
    partnerPage: absent,
    careersPage: absent,
    pricingPage: absent,
    logo: icon === null ? absent : { state: 'found', value: icon },
  })
  return [
    ['domain_checks', { ...of, due_at: 0 }],
    ['signals', { ...of, source: 'website', facts, checked_at: 0 }],
    ['ignored_suggestions', { org_id: orgId, partner_id: partnerId, field: 'name', value_hash: '' }],
  ]
}

function scoreRows(own: string, orgId: string, partnerId: string): Row[] {
  const evidence = [{ source: 'profile', detail: own, at: new Date(0).toISOString() }]
  const factor = {
    factor: own,
    label: own,
    weight: 1,
    asked: true,
    value: 1,
    points: 1,
    evidence,
    unknown: null,
  }
  const of = { org_id: orgId, partner_id: partnerId, kind: 'fit' }
  const ledger = JSON.stringify([factor])
  return [
    [
      'scores',
      { ...of, state: 'ready', value: 50, confidence: 1, computed_at: 0, rule_version: own, ledger },
    ],
    ['score_history', { ...of, at: 0, value: 50 }],
  ]
}
