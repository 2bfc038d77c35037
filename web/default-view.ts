/** The query string of the view that this browser's member opens with, so that its rows need not wait for the views. */
const KEPT = 'default-view'

export const knownDefaultView = () => localStorage.getItem(KEPT) ?? ''

export const keepDefaultView = (search: string) =>
  search === '' ? forgetDefaultView() : localStorage.setItem(KEPT, search)

/** Whoever signs in next must not find it. */
export const forgetDefaultView = () => localStorage.removeItem(KEPT)
