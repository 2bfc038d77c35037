const KEY = 'address'

/** Carries an address from one entry page to the next, so that nobody types it twice. For this tab only. */
export const rememberAddress = (email: string) => sessionStorage.setItem(KEY, email)
export const rememberedAddress = () => sessionStorage.getItem(KEY) ?? ''
