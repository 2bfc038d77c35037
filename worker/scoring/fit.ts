import type { ScoreState } from '#worker/partners/terms.ts'
import { CATEGORY_LABELS, INDUSTRY_LABELS, REGION_LABELS, TYPE_LABELS } from '#worker/partners/terms.ts'
import {
  type Factor,
  FIT_FACTORS,
  type FitFactor,
  type FitProfile,
  type FitWeights,
  type IdealPartner,
} from './schema.ts'
import { CONFIDENCE_ENOUGH } from './terms.ts'

/** Changes whenever the same inputs would score differently. */
export const FIT_RULES = 'fit-1'

/** What one factor found. `value` null is unknown: it leaves the sum instead of counting as zero. */
interface Finding {
  label: string
  asked: boolean
  value: number | null
  detail: string
  hint: string
}

export interface FitResult {
  state: Extract<ScoreState, 'ready' | 'insufficient'>
  /** 0 to 100; null under the confidence that a number needs. */
  value: number | null
  /** Weight known over weight asked for, 0 to 1. */
  confidence: number
  ledger: Factor[]
}

/**
 * How well a company fits the ideal partner: the weighted mean of the factors that are known, from 0 to 100. A factor
 * without data leaves the sum and lowers the confidence instead; a wish that the ideal profile leaves empty is not asked
 * for. Pure: the same input gives the same ledger.
 *
 * Facts from public signals are not gathered yet; their factors are unknown.
 */
export function scoreFit(profile: FitProfile, ideal: IdealPartner, weights: FitWeights): FitResult {
  const described = Object.values(ideal).some((wished) => wished.length > 0)
  const findings = FIT_FACTORS.map((factor) => {
    const found = find(factor, profile, ideal)
    // One empty wish among others is a choice; all of them empty is a profile that nobody has written yet.
    const hint = found.asked || described ? found.hint : DESCRIBE
    return { factor, weight: weights[factor], ...found, hint }
  })
  const asked = sum(findings.filter((each) => each.asked))
  const known = sum(findings.filter((each) => each.asked && each.value !== null))
  const confidence = asked === 0 ? 0 : known / asked
  const ledger = findings.map((finding) => entry(finding, known, profile.editedAt))
  const points = ledger.reduce((total, each) => total + each.points, 0)
  const enough = confidence >= CONFIDENCE_ENOUGH
  return {
    state: enough ? 'ready' : 'insufficient',
    value: enough ? Math.min(100, Math.max(0, Math.round(points))) : null,
    confidence: round(confidence),
    ledger,
  }
}

const sum = (findings: readonly { weight: number }[]) =>
  findings.reduce((total, each) => total + each.weight, 0)
const round = (number: number) => Math.round(number * 10_000) / 10_000

function entry(finding: Finding & { factor: FitFactor; weight: number }, known: number, at: string): Factor {
  const { factor, label, weight, asked, value, detail, hint } = finding
  const counts = asked && value !== null && known > 0
  return {
    factor,
    label,
    weight,
    asked,
    value: value === null ? null : round(value),
    points: counts ? round((100 * weight * value) / known) : 0,
    evidence: value === null ? [] : [{ source: 'profile', detail, at }],
    unknown: value === null ? (asked ? 'not-filled' : 'not-asked') : null,
    ...(value === 1 || hint === '' ? {} : { hint }),
  }
}

const DESCRIBE = 'Describe your ideal partner.'

/** A wish of the ideal profile: not asked when empty, unknown when the partner's side is empty. */
function wish(
  label: string,
  wished: readonly unknown[],
  value: number | null,
  detail: string,
  missing: string,
): Finding {
  const asked = wished.length > 0
  return {
    label,
    asked,
    value: asked ? value : null,
    detail,
    hint: asked && value === null ? missing : '',
  }
}

const unknown = (label: string, hint: string): Finding => ({
  label,
  asked: true,
  value: null,
  detail: '',
  hint,
})
const matches = <T>(wished: readonly T[], has: T) => (wished.includes(has) ? 1 : 0)
const primary = (code: string) => code.split('-')[0]

function find(factor: FitFactor, profile: FitProfile, ideal: IdealPartner): Finding {
  switch (factor) {
    case 'industry': {
      const { industry } = profile
      const value = industry && matches(ideal.industries, industry)
      return wish(
        'Industry',
        ideal.industries,
        value,
        industry ? INDUSTRY_LABELS[industry] : '',
        'Add the industry.',
      )
    }
    case 'region': {
      const value = profile.region === 'global' ? 1 : matches(ideal.regions, profile.region)
      return wish('Primary region', ideal.regions, value, REGION_LABELS[profile.region], '')
    }
    case 'languages': {
      const spoken = new Set(profile.languages.map(primary))
      const shared = ideal.languages.filter((code) => spoken.has(primary(code))).length
      const value = spoken.size === 0 ? null : shared / ideal.languages.length
      return wish('Languages', ideal.languages, value, profile.languages.join(', '), 'Add the languages.')
    }
    case 'type':
      return wish('Type and subtype', ideal.types, typeMatch(profile, ideal), typeDetail(profile), '')
    case 'category': {
      const { category } = profile
      const value = category && matches(ideal.categories, category)
      return wish(
        'Category',
        ideal.categories,
        value,
        category ? CATEGORY_LABELS[category] : '',
        'Add the category.',
      )
    }
    case 'technologies':
      return wish('Technologies seen', ideal.technologies, null, '', '')
    default:
      return findOwn(factor, profile)
  }
}

/** Factors that are asked of everybody. */
function findOwn(factor: Exclude<FitFactor, keyof typeof WISHES>, profile: FitProfile): Finding {
  switch (factor) {
    case 'jointValueProposition': {
      const label = 'Joint value proposition'
      if (!profile.jointValueProposition) return unknown(label, 'Write the joint value proposition.')
      return { label, asked: true, value: 1, detail: 'Written', hint: '' }
    }
    case 'rating': {
      const label = 'Manager’s rating'
      if (profile.rating === null) return unknown(label, 'Rate the partner from 1 to 5.')
      return {
        label,
        asked: true,
        value: (profile.rating - 1) / 4,
        detail: `${profile.rating} of 5`,
        hint: '',
      }
    }
    case 'contactMail': {
      const host = profile.contactEmail.split('@')[1] ?? ''
      const own = host === profile.domain || host.endsWith(`.${profile.domain}`)
      const hint = own ? '' : 'Add a primary contact with an address of the company.'
      return { label: 'Contact’s mail domain', asked: true, value: own ? 1 : 0, detail: host, hint }
    }
    default:
      return unknown(SIGNAL_LABELS[factor], '')
  }
}

const WISHES = { industry: 1, region: 1, languages: 1, type: 1, category: 1, technologies: 1 }

const SIGNAL_LABELS = {
  domainAge: 'Age of the domain',
  liveSite: 'Live site over HTTPS',
  structuredData: 'Structured data',
  siteLanguages: 'Languages of the site',
  partnerPages: 'Partner or careers page',
  mx: 'Receives mail (MX)',
  spf: 'Sender policy (SPF)',
  dmarc: 'Mail authentication (DMARC)',
}

/** The right type counts 0.6 by itself when subtypes are wished for, too. */
function typeMatch({ type, subtype }: FitProfile, { types, subtypes }: IdealPartner): number {
  if (!types.includes(type)) return 0
  if (subtypes.length === 0) return 1
  const wished = subtypes.some((each) => each.toLowerCase() === subtype?.toLowerCase())
  return wished ? 1 : 0.6
}

const typeDetail = ({ type, subtype }: FitProfile) =>
  subtype ? `${TYPE_LABELS[type]}, ${subtype}` : TYPE_LABELS[type]
