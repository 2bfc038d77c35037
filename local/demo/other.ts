import type { DemoPartner } from './directory.ts'

/** The few partners of the second organisation; one company is a partner of both. */
export const OTHER_PARTNERS: DemoPartner[] = [
  partner('Meridian Freight Cloud', 'meridianfreight.example', 'technology', 'benelux', 'active', 300),
  partner('Pumice Bank Software', 'pumice-bank.example', 'technology', 'dach', 'active', 410),
  partner('Larkspur Payroll', 'larkspur-payroll.example', 'reseller', 'uk-ireland', 'onboarding', 60),
  partner('Sorrel & Sons Advisory', 'sorrel-advisory.example', 'referral', 'france', 'prospect', 12),
]

function partner(
  name: string,
  domain: string,
  type: string,
  region: string,
  stage: string,
  ageDays: number,
): DemoPartner {
  const primaryContact = { firstName: 'Robin', lastName: 'Delaney', email: `robin.delaney@${domain}` }
  return {
    domain,
    ageDays,
    stageDays: Math.round(ageDays / 2),
    body: { name, domain, type, region, stage, primaryContact },
  }
}
