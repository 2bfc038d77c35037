import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { keepDefaultView, knownDefaultView } from '#web/default-view.ts'
import type { ShownViews } from './views.ts'

/** What the directory without a query shows: the member's default view, empty for none. */
const defaultSearch = ({ all, defaultViewId }: ShownViews) =>
  all.find(({ id }) => id === defaultViewId)?.search ?? ''

/**
 * The query string to show. Coming without one, that is the default view as this browser knows it, at once; when the
 * server says otherwise and nothing was touched meanwhile, it is put right.
 */
export function useDefaultView(path: string, search: string, views: ShownViews | undefined): string {
  const { route } = useLocation()
  const isBare = path === '/partners' && search === ''
  const placed = isBare ? knownDefaultView() : search
  const undecided = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (!isBare) return
    undecided.current = placed
    if (placed !== '') route(`/partners${placed}`, true)
  }, [isBare, placed, route])

  const wished = views && defaultSearch(views)
  useEffect(() => {
    if (wished === undefined) return
    keepDefaultView(wished)
    const untouched = undecided.current === search && path === '/partners'
    if (undecided.current !== null && untouched && wished !== search)
      route(`/partners${wished || '?view=all'}`, true)
    if (undecided.current !== null && (untouched || search !== '')) undecided.current = null
  }, [wished, path, search, route])
  return placed
}
