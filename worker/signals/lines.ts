import { labelsOf } from './labels.ts'
import type { DnsFacts, Fact, RdapFacts, SignalLine, WebsiteFacts } from './schema.ts'

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })
const day = (iso: string) => DAY.format(new Date(iso))
const list = (values: readonly string[]) => values.join(', ')
const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })
const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

/** One fact in words; `urlOf` is where it can be looked at. */
function line<T>(
  name: string,
  label: string,
  fact: Fact<T>,
  say: (value: T) => string,
  urlOf: (value: T) => string | null = () => null,
): SignalLine {
  const { state } = fact
  const found = state === 'found'
  return {
    name,
    label,
    state,
    detail: found ? say(fact.value) : '',
    url: found ? urlOf(fact.value) : null,
  }
}

const asIs = (text: string) => text

const POLICIES = {
  none: 'Only watches (none)',
  quarantine: 'Quarantines forgeries',
  reject: 'Rejects forgeries',
}

export const dnsLines = (facts: DnsFacts): SignalLine[] => [
  line('mx', 'Mail servers', facts.mx, list),
  line('spf', 'Sender policy (SPF)', facts.spf, (hosts) => (hosts.length === 0 ? 'Published' : list(hosts))),
  line('dmarc', 'DMARC policy', facts.dmarc, (policy) => POLICIES[policy]),
  line('ns', 'Name servers', facts.ns, list),
  line('caa', 'Certificate authorities (CAA)', facts.caa, list),
  line('technologies', 'Technologies', facts.technologies, labelsOf),
]

export const rdapLines = (facts: RdapFacts): SignalLine[] => [
  line('registeredAt', 'Registered', facts.registeredAt, day),
  line('expiresAt', 'Expires', facts.expiresAt, day),
  line('registrar', 'Registrar', facts.registrar, asIs),
]

export const websiteLines = (facts: WebsiteFacts): SignalLine[] => [
  line('url', 'Home page', facts.url, asIs, asIs),
  line('https', 'HTTPS', facts.https, (secure) => (secure ? 'Yes' : 'No')),
  line('title', 'Title', facts.title, asIs),
  line('description', 'Description', facts.description, asIs),
  line('languages', 'Languages', facts.languages, (tags) =>
    list(tags.map((tag) => LANGUAGES.of(tag) ?? tag)),
  ),
  line('organization', 'Organisation', facts.organization, ({ name, country }) =>
    [name, country && COUNTRIES.of(country)].filter(Boolean).join(', '),
  ),
  line('technologies', 'Technologies', facts.technologies, labelsOf),
  line('partnerPage', 'Partner page', facts.partnerPage, asIs, asIs),
  line('careersPage', 'Careers page', facts.careersPage, asIs, asIs),
  line('pricingPage', 'Pricing page', facts.pricingPage, asIs, asIs),
  line('logo', 'Icon', facts.logo, () => 'Found'),
]
