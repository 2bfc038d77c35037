/** Factors as people call them. */
export const FIT_LABELS = {
  industry: 'Industry',
  region: 'Primary region',
  languages: 'Languages',
  type: 'Type and subtype',
  category: 'Category',
  technologies: 'Technologies seen',
  jointValueProposition: 'Joint value proposition',
  rating: 'Manager’s rating',
  domainAge: 'Age of the domain',
  liveSite: 'Live site over HTTPS',
  structuredData: 'Structured data',
  siteLanguages: 'Languages of the site',
  partnerPages: 'Partner or careers page',
  contactMail: 'Contact’s mail domain',
  mx: 'Receives mail (MX)',
  spf: 'Sender policy (SPF)',
  dmarc: 'Mail authentication (DMARC)',
} as const
export const HEALTH_LABELS = {
  planAttainment: 'Plan attainment',
  recency: 'Recent dealings',
  planExecution: 'Plan execution',
  pipelineCoverage: 'Pipeline coverage',
  portalUse: 'Portal use',
  stageProgress: 'Stage progress',
  upkeep: 'Upkeep of the profile',
  pulse: 'Pulse',
} as const

/** Market 30, offering 25, strategy 20, reach 15, trust 10. */
export const BALANCED_FIT = {
  industry: 12,
  region: 12,
  languages: 6,
  type: 12,
  category: 5,
  technologies: 8,
  jointValueProposition: 8,
  rating: 12,
  domainAge: 4,
  liveSite: 3,
  structuredData: 3,
  siteLanguages: 3,
  partnerPages: 2,
  contactMail: 4,
  mx: 2,
  spf: 2,
  dmarc: 2,
}

/** Plan 30 + 10 + 10, recency 20, portal and stage 10 each, upkeep and pulse 5 each. */
export const BALANCED_HEALTH = {
  planAttainment: 30,
  recency: 20,
  planExecution: 10,
  pipelineCoverage: 10,
  portalUse: 10,
  stageProgress: 10,
  upkeep: 5,
  pulse: 5,
}
