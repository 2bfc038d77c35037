const ANY_ORIGIN = 'https://entente.invalid'

/**
 * The path to go on to after signing in, or null. Only a path of this site: `//host`, `/\host` and paths that become
 * one of them once a browser has dropped their control characters lead elsewhere. A sign-in page would lead nowhere.
 */
export function safeReturnPath(given: string | null | undefined): string | null {
  if (!given?.startsWith('/') || !URL.canParse(given, ANY_ORIGIN)) return null
  const url = new URL(given, ANY_ORIGIN)
  if (url.origin !== ANY_ORIGIN || url.pathname.startsWith('//')) return null
  const path = url.pathname + url.search
  return /^\/(portal\/)?(login|signup|reset-password)\b/.test(path) ? null : path
}

/** The sign-in page, with the way back to where one was. */
export function signInPath(page: '/login' | '/portal/login', from: string): string {
  const next = safeReturnPath(from)
  return next && next !== '/' ? `${page}?next=${encodeURIComponent(next)}` : page
}
