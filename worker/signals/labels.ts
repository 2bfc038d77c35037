import { TECHNOLOGIES, TECHNOLOGY_LABELS } from './terms.ts'

/** Technologies by their names; one that is no longer known keeps its slug. */
export const labelsOf = (slugs: readonly string[]) =>
  slugs
    .map((slug) => {
      const known = TECHNOLOGIES.find((each) => each === slug)
      return known ? TECHNOLOGY_LABELS[known] : slug
    })
    .join(', ')
