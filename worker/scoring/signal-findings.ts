import type { Fact, Signals } from '#worker/signals/schema.ts'
import { TECHNOLOGY_LABELS, type Technology } from '#worker/signals/terms.ts'
import { FIT_LABELS } from './factor-terms.ts'
import type { Finding } from './ledger.ts'
import type { FitFactor, IdealPartner } from './schema.ts'

/** Factors that are read from what a domain shows the public. */
type SignalFactor = Extract<
  FitFactor,
  'domainAge' | 'liveSite' | 'structuredData' | 'siteLanguages' | 'partnerPages' | 'mx' | 'spf' | 'dmarc'
>

const DAY_MS = 86_400_000
/** A domain of this age is as good as any older one. */
const FULL_AGE_YEARS = 10
/** A site in this many languages reaches as far as any. */
const FULL_LANGUAGES = 3
const DMARC_VALUES = { none: 0.3, quarantine: 0.7, reject: 1 } as const

/** What a fact is worth, and in which words. */
interface Read {
  value: number
  detail: string
  url?: string
}

/** A finding from one fact: not looked up yet and impossible to tell are both unknown, and each says which. */
function finding<T>(
  factor: SignalFactor | 'technologies',
  checked: { at: number } | undefined,
  fact: Fact<T> | undefined,
  { found, absent }: { found: (value: T) => Read; absent: Read },
): Finding {
  const label = FIT_LABELS[factor]
  const missing = { label, value: null, evidence: [], hint: '' }
  if (!checked || !fact) return { ...missing, unknown: 'not-checked' }
  if (fact.state === 'unknown') return { ...missing, unknown: 'could-not-check' }
  const { value, detail, url } = fact.state === 'found' ? found(fact.value) : absent
  const at = new Date(checked.at).toISOString()
  const evidence: Finding['evidence'] = [{ source: 'signal', detail, at, ...(url ? { url } : {}) }]
  return { label, value, unknown: null, evidence, hint: '' }
}

const nothing = (detail: string): Read => ({ value: 0, detail })
const siteOf = ({ website }: Signals) =>
  website?.facts.url.state === 'found' ? { url: website.facts.url.value } : {}

/**
 * One factor from the signals. Sources of the formulae: definitions of the fit score; the age counts by its logarithm up
 * to ten years, a policy of DMARC by how strict it is.
 */
export function signalFinding(
  factor: SignalFactor,
  signals: Signals,
  ideal: IdealPartner,
  now: number,
): Finding {
  const { dns, rdap, website } = signals
  switch (factor) {
    case 'domainAge':
      return finding(factor, rdap, rdap?.facts.registeredAt, {
        found: (day) => domainAge(day, now),
        absent: nothing('No registration date'),
      })
    case 'liveSite':
      return finding(factor, website, website?.facts.https, {
        found: (https) => ({
          value: https ? 1 : 0,
          detail: https ? 'Answers over HTTPS' : 'Answers without HTTPS only',
          ...siteOf(signals),
        }),
        absent: nothing('No site answers'),
      })
    case 'structuredData':
      return finding(factor, website, website?.facts.organization, {
        found: ({ name }) => ({
          value: 1,
          detail: name ? `Names itself ${name}` : 'Describes itself',
          ...siteOf(signals),
        }),
        absent: { ...nothing('Does not describe itself'), ...siteOf(signals) },
      })
    case 'siteLanguages':
      return finding(factor, website, website?.facts.languages, {
        found: (codes) => ({
          value: languagesValue(codes, ideal.languages),
          detail: codes.join(', '),
          ...siteOf(signals),
        }),
        absent: { ...nothing('Names no language'), ...siteOf(signals) },
      })
    case 'partnerPages':
      return ownPages(signals)
    default:
      return mailFinding(factor, dns)
  }
}

const mailFinding = (factor: 'mx' | 'spf' | 'dmarc', dns: Signals['dns']): Finding =>
  factor === 'dmarc'
    ? finding(factor, dns, dns?.facts.dmarc, {
        found: (policy) => ({ value: DMARC_VALUES[policy], detail: `Policy ${policy}` }),
        absent: nothing('No policy'),
      })
    : finding(factor, dns, dns?.facts[factor], {
        found: (hosts) => ({ value: 1, detail: hosts.slice(0, 3).join(', ') || 'Published' }),
        absent: nothing(factor === 'mx' ? 'No mail server' : 'No sender policy'),
      })

function domainAge(registeredAt: string, now: number): Read {
  const days = Math.max(0, Math.floor((now - Date.parse(registeredAt)) / DAY_MS))
  const value = Math.min(1, Math.log1p(days / 365.25) / Math.log1p(FULL_AGE_YEARS))
  return { value, detail: `Registered ${registeredAt.slice(0, 10)}` }
}

/** Those that are wished for; where none is, how many there are. */
function languagesValue(codes: readonly string[], wished: readonly string[]) {
  const spoken = new Set(codes.map((code) => code.split('-')[0]))
  if (wished.length === 0) return Math.min(1, spoken.size / FULL_LANGUAGES)
  return wished.filter((code) => spoken.has(code.split('-')[0])).length / wished.length
}

function ownPages({ website }: Signals): Finding {
  const [partners, careers] = [website?.facts.partnerPage, website?.facts.careersPage]
  const best = partners?.state === 'found' ? partners : careers?.state === 'found' ? careers : partners
  return finding('partnerPages', website, best, {
    found: (url) => ({
      value: 1,
      detail: partners?.state === 'found' ? 'Has a partner page' : 'Has a careers page',
      url,
    }),
    absent: nothing('Links to neither'),
  })
}

/** Which of the products that are wished for the domain shows traces of. */
export function technologiesSeen(wished: readonly Technology[], { dns, website }: Signals): Finding {
  if (wished.length === 0)
    return { label: FIT_LABELS.technologies, value: null, unknown: 'not-asked', evidence: [], hint: '' }
  const [first, second] = [dns?.facts.technologies, website?.facts.technologies]
  const seen = new Set([first, second].flatMap((fact) => (fact?.state === 'found' ? fact.value : [])))
  const hits = wished.filter((slug) => seen.has(slug))
  const settled = [first, second].every((fact) => fact && fact.state !== 'unknown')
  const at = Math.max(dns?.at ?? 0, website?.at ?? 0)
  const failed = [first, second].some((fact) => fact?.state === 'unknown')
  // A trace that was not seen may stand where nobody could look; what was seen is there.
  const fact: Fact<Technology[]> = settled || hits.length > 0 ? { state: 'found', value: hits } : UNKNOWN
  return finding('technologies', at > 0 || failed ? { at } : undefined, fact, {
    found: (slugs) => ({
      value: slugs.length / wished.length,
      detail: slugs.map((slug) => TECHNOLOGY_LABELS[slug]).join(', ') || 'None of those wished for',
    }),
    absent: nothing(''),
  })
}

const UNKNOWN = { state: 'unknown' } as const
