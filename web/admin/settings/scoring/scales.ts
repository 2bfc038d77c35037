import { FIT_LABELS, HEALTH_LABELS } from '#worker/scoring/factor-terms.ts'
import type { FitFactor, HealthFactor } from '#worker/scoring/schema.ts'

/** A weight, named as the request's body points at it. */
export type WeightField = `fitWeights/${FitFactor}` | `healthWeights/${HealthFactor}`

interface Factor {
  field: WeightField
  label: string
}

/** What a few factors have in common. */
interface Dimension {
  label: string
  about: string
  factors: readonly Factor[]
}

/** A score as it is put together. */
export interface Scale {
  title: string
  about: string
  dimensions: readonly Dimension[]
}

const ofFit = (factor: FitFactor): Factor => ({ field: `fitWeights/${factor}`, label: FIT_LABELS[factor] })
const ofHealth = (factor: HealthFactor): Factor => ({
  field: `healthWeights/${factor}`,
  label: HEALTH_LABELS[factor],
})

export const FIT_SCALE: Scale = {
  title: 'What fit weighs',
  about:
    'Is this the right company? What is not known of a partner is left out, and the rest counts for more.',
  dimensions: [
    {
      label: 'Market',
      about: 'Whom they sell to, and where',
      factors: [ofFit('industry'), ofFit('region'), ofFit('languages')],
    },
    {
      label: 'Offering',
      about: 'What they bring along',
      factors: [ofFit('type'), ofFit('category'), ofFit('technologies')],
    },
    {
      label: 'Strategy',
      about: 'Whether it is worth it',
      factors: [ofFit('jointValueProposition'), ofFit('rating')],
    },
    {
      label: 'Reach',
      about: 'How they stand in public',
      factors: [
        ofFit('domainAge'),
        ofFit('liveSite'),
        ofFit('structuredData'),
        ofFit('siteLanguages'),
        ofFit('partnerPages'),
      ],
    },
    {
      label: 'Trust',
      about: 'Whether their mail is theirs',
      factors: [ofFit('contactMail'), ofFit('mx'), ofFit('spf'), ofFit('dmarc')],
    },
  ],
}

export const HEALTH_SCALE: Scale = {
  title: 'What health weighs',
  about:
    'Is the relationship working? In the first 90 days an onboarding checklist takes the place of the joint plan.',
  dimensions: [
    {
      label: 'Joint plan',
      about: 'What was agreed, and what came of it',
      factors: [ofHealth('planAttainment'), ofHealth('planExecution'), ofHealth('pipelineCoverage')],
    },
    {
      label: 'Relationship',
      about: 'Whether both sides are in touch',
      factors: [ofHealth('recency'), ofHealth('portalUse'), ofHealth('pulse')],
    },
    {
      label: 'Progress',
      about: 'Whether things move on',
      factors: [ofHealth('stageProgress'), ofHealth('upkeep')],
    },
  ],
}

export const factorsOf = ({ dimensions }: Scale): Factor[] => dimensions.flatMap(({ factors }) => factors)
export const WEIGHT_FIELDS: readonly WeightField[] = [FIT_SCALE, HEALTH_SCALE].flatMap((scale) =>
  factorsOf(scale).map(({ field }) => field),
)
