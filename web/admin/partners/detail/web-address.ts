/** An address that came from outside is a link only when it leads to a web page. */
export const isWebAddress = (url: string | null | undefined): url is string =>
  typeof url === 'string' && /^https?:\/\//i.test(url)
