import { useLayoutEffect } from 'preact/hooks'

/** The title of the page, until what asked for it goes and the one before returns. */
export function useTitle(title: string) {
  useLayoutEffect(() => {
    const before = document.title
    document.title = `${title} · Entente`
    return () => {
      document.title = before
    }
  }, [title])
}
