/** An address of escapes that stand for no letters would end the router before anything is drawn: they are taken as typed. */
export function mendAddress() {
  const { pathname, search, hash } = location
  if (!isReadable(pathname))
    history.replaceState(history.state, '', pathname.replaceAll('%', '%25') + search + hash)
}

function isReadable(path: string) {
  try {
    // Compared, since the bundler takes away a call whose answer nobody needs.
    return decodeURIComponent(path) !== ''
  } catch {
    return false
  }
}
