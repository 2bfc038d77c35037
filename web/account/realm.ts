/** Which of the two apps a shared page stands in. */
export interface Realm {
  signInPage: '/login' | '/portal/login'
  home: '/partners' | '/portal'
  accountPage: '/settings/account' | '/portal/account'
}

export const ADMIN: Realm = { signInPage: '/login', home: '/partners', accountPage: '/settings/account' }
export const PORTAL: Realm = { signInPage: '/portal/login', home: '/portal', accountPage: '/portal/account' }
