import { COUNTRIES } from '#worker/applications/terms.ts'

const RTL = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'iw', 'ks', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi'])
const RTL_SCRIPT = /-(?:arab|hebr|thaa|syrc|nkoo|adlm|rohg)\b/i
const OTHER_SCRIPT = /-[a-z]{4}\b/i

/** The direction of writing in a language; its script decides where the code names one. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  if (RTL_SCRIPT.test(language)) return 'rtl'
  const [base = ''] = language.toLowerCase().split('-')
  return RTL.has(base) && !OTHER_SCRIPT.test(language) ? 'rtl' : 'ltr'
}

/** What our own sentences are marked with in a form of another language, so that they are read aloud as English. */
export const ownWords = (language: string) =>
  /^en\b/i.test(language) ? {} : { lang: 'en', dir: 'ltr' as const }

export interface Country {
  code: string
  name: string
}

/** All countries by their names in a language, in its order. */
export function countriesIn(language: string): Country[] {
  const locale = localeOf(language)
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'region' })
  const { compare } = new Intl.Collator([locale, 'en'])
  return COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code })).toSorted((a, b) =>
    compare(a.name, b.name),
  )
}

/** A code may look like a language and be none that is known. */
function localeOf(language: string): string {
  try {
    return new Intl.Locale(language).toString()
  } catch {
    return 'en'
  }
}
