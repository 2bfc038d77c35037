/** Where applicants find a form. */
export const addressOf = (slug: string) => `${location.origin}/apply/${slug}`

/** The same in as few words as it takes to recognise it. */
export const shortAddressOf = (slug: string) => `${location.host}/apply/${slug}`
