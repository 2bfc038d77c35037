import type { PartnerType } from '#worker/partners/terms.ts'

/** What is suggested as a subtype; any other text is allowed. */
export const SUBTYPES: Record<PartnerType, readonly string[]> = {
  technology: ['ISV', 'SaaS integration', 'Platform', 'OEM', 'Data provider', 'Cloud provider', 'Hardware'],
  channel: [
    'Distributor',
    'Value-added distributor',
    'Master agent',
    'MSP',
    'MSSP',
    'Marketplace',
    'Franchise',
  ],
  reseller: ['VAR', 'Corporate reseller', 'White label', 'CSP', 'E-commerce'],
  referral: [
    'Referral partner',
    'Affiliate',
    'Agency',
    'Creator',
    'Customer advocate',
    'Broker',
    'Association',
  ],
}
