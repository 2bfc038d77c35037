/** A score under this confidence is not shown as a number. */
export const CONFIDENCE_ENOUGH = 0.25
/** A score under this confidence is drawn as preliminary. */
export const CONFIDENCE_FIRM = 0.6

/** Lowest score of each band; below the last one a score is low. */
export const BANDS = { high: 80, medium: 50 } as const
export type Band = 'high' | 'medium' | 'low'
export const BAND_LABELS: Record<Band, string> = { high: 'High', medium: 'Medium', low: 'Low' }
export const bandOf = (score: number): Band =>
  score >= BANDS.high ? 'high' : score >= BANDS.medium ? 'medium' : 'low'
