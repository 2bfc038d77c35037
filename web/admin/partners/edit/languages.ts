/** Codes that are offered; any other BCP-47 code can be typed. */
const OFFERED =
  'ar bg bn ca cs da de el en en-GB en-US es es-419 et fa fi fr fr-CA he hi hr hu id is it ja ko lt lv ms nb nl pl pt pt-BR ro ru sk sl sr sv sw ta th tr uk ur vi zh-Hans zh-Hant'

const NAMES = new Intl.DisplayNames(undefined, { type: 'language', languageDisplay: 'standard' })

/** `German` for `de`, in the language of the browser; the code itself when nobody has named it. */
export function languageName(code: string): string {
  try {
    return NAMES.of(code) ?? code
  } catch {
    return code
  }
}

/** Sorted by name, each with its code, since people look for either. */
export const languageOptions = () =>
  OFFERED.split(' ')
    .map((value) => ({ value, label: languageName(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label))

/** The canonical spelling of a typed code, as the server keeps it; null when it is none. */
export function canonicalLanguage(typed: string): string | null {
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(typed)) return null
  try {
    return Intl.getCanonicalLocales(typed)[0] ?? null
  } catch {
    return null
  }
}
