/** At most `max` characters, and not cut between the two halves of an emoji; what was cut ends in an ellipsis. */
export const shortened = (text: string, max: number) =>
  text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`

/** One line, whatever a row may hold, and not cut between the two halves of an emoji. */
export const headerOf = (text: string) =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .slice(0, 200)
    .replace(/[\ud800-\udbff]$/, '')
