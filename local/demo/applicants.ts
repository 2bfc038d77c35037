/** Somebody who applied, and what became of it. */
export interface Applicant {
  company: string
  domain: string
  first: string
  last: string
  /** ISO 3166 alpha-2. */
  country: string
  about: string
  daysAgo: number
  decision?: { state: 'approved' | 'rejected'; reason?: string; note?: string }
}

/** Oldest first. */
export const APPLICANTS: readonly Applicant[] = [
  {
    company: 'Kestrel Integration Works',
    domain: 'kestrel-integration.example',
    first: 'Amara',
    last: 'Okonjo',
    country: 'GB',
    about: 'We connect warehouse systems with transport planning for mid-sized carriers, 60 projects a year.',
    daysAgo: 41,
    decision: {
      state: 'approved',
      note: 'Two shared customers already. Amara would start with a joint webinar.',
    },
  },
  {
    company: 'Bluefin Marketing',
    domain: 'bluefin-marketing.example',
    first: 'Tom',
    last: 'Varga',
    country: 'HU',
    about: 'A content studio. We write about logistics and would like to refer our readers.',
    daysAgo: 36,
    decision: {
      state: 'rejected',
      reason: 'not-a-fit',
      note: 'No access to buyers; asked to write for the blog instead.',
    },
  },
  {
    company: 'Nordhavn Datadrift',
    domain: 'nordhavn-datadrift.example',
    first: 'Sigrid',
    last: 'Lund',
    country: 'DK',
    about: 'Managed hosting and operations for ports and shipping lines around the Baltic.',
    daysAgo: 29,
    decision: { state: 'approved' },
  },
  {
    company: 'Palisade Cargo Software',
    domain: 'palisade-cargo.example',
    first: 'Erin',
    last: 'McAllister',
    country: 'US',
    about: 'We sell a transport management system of our own in the same market.',
    daysAgo: 24,
    decision: { state: 'rejected', reason: 'competitor' },
  },
  {
    company: 'Zeder Consulting',
    domain: 'zeder-consulting.example',
    first: 'Lukas',
    last: 'Brandstätter',
    country: 'AT',
    about: 'Eight consultants for supply chains in the Alps. We introduce software as part of every project.',
    daysAgo: 15,
  },
  {
    company: 'Mangrove Trade Systems',
    domain: 'mangrove-trade.example',
    first: 'Priya',
    last: 'Raghunathan',
    country: 'SG',
    about: 'Customs software for freight forwarders in six countries; 140 customers ask for route planning.',
    daysAgo: 9,
  },
  {
    company: 'Atelier Rivoire',
    domain: 'atelier-rivoire.example',
    first: 'Noémie',
    last: 'Rivoire',
    country: 'FR',
    about: 'Conseil et intégration pour les transporteurs régionaux ; nous cherchons une offre complète.',
    daysAgo: 4,
  },
  {
    company: 'Ironbark Fleet Analytics',
    domain: 'ironbark-fleet.example',
    first: 'Callum',
    last: 'Whitfield',
    country: 'AU',
    about: 'Fuel and tyre analytics for road trains. Our customers plan in spreadsheets today.',
    daysAgo: 1,
  },
  {
    company: 'Saffron Lane Resellers',
    domain: 'saffron-lane.example',
    first: 'Dilan',
    last: 'Aksoy',
    country: 'TR',
    about: 'Reseller of planning software with 25 people in sales and support, in Istanbul and Izmir.',
    daysAgo: 0,
  },
]
