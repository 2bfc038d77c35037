import { CATEGORY_LABELS, INDUSTRY_LABELS, REGION_LABELS, TYPE_LABELS } from '#worker/partners/terms.ts'
import type { Signals } from '#worker/signals/schema.ts'
import { type Finding, type ScoreResult, scoreOf } from './ledger.ts'
import {
  FIT_FACTORS,
  type FitFactor,
  type FitProfile,
  type FitWeights,
  type IdealPartner,
  type UnknownBecause,
} from './schema.ts'
import { signalFinding, technologiesSeen } from './signal-findings.ts'

/** Changes whenever the same inputs would score differently. */
export const FIT_RULES = 'fit-2'

/**
 * How well a company fits the ideal partner: the weighted mean of what is known, from 0 to 100. A wish that the ideal
 * profile leaves empty is not asked of anybody. Pure: the same input gives the same ledger, whatever the time.
 * @param now Unix ms; only the age of the domain depends on it, by the day.
 */
export function scoreFit(
  profile: FitProfile,
  signals: Signals,
  ideal: IdealPartner,
  weights: FitWeights,
  now: number,
): ScoreResult {
  const described = Object.values(ideal).some((wished) => wished.length > 0)
  return scoreOf(
    FIT_FACTORS.map((factor) => {
      const found = find(factor, profile, signals, ideal, now)
      // One empty wish among others is a choice; all of them empty is a profile that nobody has written yet.
      const hint = found.unknown === 'not-asked' && !described ? DESCRIBE : found.hint
      return { factor, weight: weights[factor], ...found, hint }
    }),
  )
}

const DESCRIBE = 'Describe your ideal partner.'

/** A wish of the ideal profile: not asked when empty, unknown when the partner's side is empty. */
function wish(
  label: string,
  wished: readonly unknown[],
  { value, detail, missing, at }: { value: number | null; detail: string; missing: string; at: string },
): Finding {
  if (wished.length === 0) return unknown(label, 'not-asked', '')
  if (value === null) return unknown(label, 'not-filled', missing)
  return { label, value, unknown: null, evidence: [{ source: 'profile', detail, at }], hint: '' }
}

const unknown = (label: string, because: UnknownBecause, hint: string): Finding => ({
  label,
  value: null,
  unknown: because,
  evidence: [],
  hint,
})
const matches = <T>(wished: readonly T[], has: T) => (wished.includes(has) ? 1 : 0)
const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })
const primary = (code: string) => code.split('-')[0]

function find(
  factor: FitFactor,
  profile: FitProfile,
  signals: Signals,
  ideal: IdealPartner,
  now: number,
): Finding {
  const { editedAt: at } = profile
  switch (factor) {
    case 'industry': {
      const { industry } = profile
      const detail = industry ? INDUSTRY_LABELS[industry] : ''
      const value = industry && matches(ideal.industries, industry)
      return wish('Industry', ideal.industries, { value, detail, missing: 'Add the industry.', at })
    }
    case 'region': {
      const value = profile.region === 'global' ? 1 : matches(ideal.regions, profile.region)
      return wish('Primary region', ideal.regions, {
        value,
        detail: REGION_LABELS[profile.region],
        missing: '',
        at,
      })
    }
    case 'languages': {
      const detail = profile.languages.map((code) => LANGUAGES.of(code) ?? code).join(', ')
      const value = shareSpoken(ideal.languages, profile.languages)
      return wish('Languages', ideal.languages, { value, detail, missing: 'Add the languages.', at })
    }
    case 'type': {
      const value = typeMatch(profile, ideal)
      return wish('Type and subtype', ideal.types, { value, detail: typeDetail(profile), missing: '', at })
    }
    case 'category': {
      const { category } = profile
      const detail = category ? CATEGORY_LABELS[category] : ''
      const value = category && matches(ideal.categories, category)
      return wish('Category', ideal.categories, { value, detail, missing: 'Add the category.', at })
    }
    case 'technologies':
      return technologiesSeen(ideal.technologies, signals)
    case 'jointValueProposition':
      return proposition(profile)
    case 'rating':
      return rating(profile)
    case 'contactMail':
      return contactMail(profile)
    default:
      return signalFinding(factor, signals, ideal, now)
  }
}

function shareSpoken(wished: readonly string[], spoken: readonly string[]) {
  if (spoken.length === 0) return null
  const known = new Set(spoken.map(primary))
  return wished.filter((code) => known.has(primary(code))).length / Math.max(1, wished.length)
}

function proposition({ jointValueProposition, editedAt }: FitProfile): Finding {
  const label = 'Joint value proposition'
  if (!jointValueProposition) return unknown(label, 'not-filled', 'Write the joint value proposition.')
  const evidence: Finding['evidence'] = [{ source: 'profile', detail: 'Written', at: editedAt }]
  return { label, value: 1, unknown: null, evidence, hint: '' }
}

function rating({ rating, editedAt }: FitProfile): Finding {
  const label = 'Manager’s rating'
  if (rating === null) return unknown(label, 'not-filled', 'Rate the partner from 1 to 5.')
  const evidence: Finding['evidence'] = [{ source: 'profile', detail: `${rating} of 5`, at: editedAt }]
  return { label, value: (rating - 1) / 4, unknown: null, evidence, hint: '' }
}

function contactMail({ contactEmail, domain, editedAt }: FitProfile): Finding {
  const host = contactEmail.split('@')[1] ?? ''
  const own = host === domain || host.endsWith(`.${domain}`)
  return {
    label: 'Contact’s mail domain',
    value: own ? 1 : 0,
    unknown: null,
    evidence: [{ source: 'profile', detail: host, at: editedAt }],
    hint: own ? '' : 'Add a primary contact with an address of the company.',
  }
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
