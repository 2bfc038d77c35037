/** Where the public facts of a domain are looked up. */
export const SOURCES = ['dns', 'rdap', 'website'] as const
export type SignalSource = (typeof SOURCES)[number]
export const SOURCE_LABELS: Record<SignalSource, string> = {
  dns: 'DNS',
  rdap: 'Domain registration',
  website: 'Website',
}

/** Fields of the profile for which a website can suggest a value. */
export const SUGGESTED_FIELDS = ['name', 'description', 'languages', 'region', 'logo'] as const
export type SuggestedField = (typeof SUGGESTED_FIELDS)[number]

/** Products whose traces a domain shows: in TXT tokens, mail routing, sender policy or the scripts of its home page. */
export const TECHNOLOGY_LABELS = {
  'google-workspace': 'Google Workspace',
  'microsoft-365': 'Microsoft 365',
  'google-analytics': 'Google Analytics',
  'google-tag-manager': 'Google Tag Manager',
  adobe: 'Adobe',
  apple: 'Apple Business',
  atlassian: 'Atlassian',
  aws: 'Amazon Web Services',
  'amazon-ses': 'Amazon SES',
  canva: 'Canva',
  cisco: 'Cisco',
  cloudflare: 'Cloudflare',
  docusign: 'DocuSign',
  drift: 'Drift',
  dropbox: 'Dropbox',
  facebook: 'Meta',
  freshworks: 'Freshworks',
  hotjar: 'Hotjar',
  hubspot: 'HubSpot',
  intercom: 'Intercom',
  klaviyo: 'Klaviyo',
  linkedin: 'LinkedIn',
  loom: 'Loom',
  mailchimp: 'Mailchimp',
  mailgun: 'Mailgun',
  marketo: 'Marketo',
  mimecast: 'Mimecast',
  miro: 'Miro',
  mixpanel: 'Mixpanel',
  notion: 'Notion',
  onetrust: 'OneTrust',
  openai: 'OpenAI',
  pardot: 'Pardot',
  postmark: 'Postmark',
  proofpoint: 'Proofpoint',
  salesforce: 'Salesforce',
  segment: 'Segment',
  sendgrid: 'SendGrid',
  sentry: 'Sentry',
  shopify: 'Shopify',
  slack: 'Slack',
  stripe: 'Stripe',
  webex: 'Webex',
  webflow: 'Webflow',
  wix: 'Wix',
  wordpress: 'WordPress',
  zendesk: 'Zendesk',
  zoho: 'Zoho',
  zoom: 'Zoom',
} as const
export type Technology = keyof typeof TECHNOLOGY_LABELS
export const TECHNOLOGIES = Object.keys(TECHNOLOGY_LABELS).filter((slug): slug is Technology =>
  Object.hasOwn(TECHNOLOGY_LABELS, slug),
)
