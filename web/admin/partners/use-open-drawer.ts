import { useRef } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { directoryPath, partnerIdIn, partnerPath } from './drawer-path.ts'

type Place = 'list' | 'detail' | 'edit'

/**
 * The drawer that the path names. Closing goes back to where it was opened from, so that the history does not grow, or on
 * to there when it was opened by a link.
 */
export function useOpenDrawer() {
  const { path, route } = useLocation()
  const id = partnerIdIn(useRoute().params.id)
  const place: Place = id === undefined ? 'list' : path.endsWith('/edit') ? 'edit' : 'detail'
  const before = useRef<Place | null>(null)
  const openedFrom = useRef<Record<Place, Place | null>>({ list: null, detail: null, edit: null })
  if (before.current !== place) {
    // Coming back from the edit drawer opens nothing.
    if (!(place === 'detail' && before.current === 'edit')) openedFrom.current[place] = before.current
    before.current = place
  }
  const close = () => {
    if (openedFrom.current[place] !== null) return history.back()
    if (place === 'edit' && id !== undefined) return route(partnerPath(location.search, id), true)
    route(directoryPath(location.search), true)
  }
  return { id, isEditing: place === 'edit', close }
}
