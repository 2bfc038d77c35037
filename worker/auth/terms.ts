/** Lowest first: each role may do what those before it may. */
export const ROLES = ['viewer', 'manager', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_LABELS: Record<Role, string> = {
  viewer: 'Viewer',
  manager: 'Manager',
  admin: 'Admin',
  owner: 'Owner',
}

/** What each role adds, for the place where one chooses it. */
export const ROLE_HINTS: Record<Role, string> = {
  viewer: 'Reads everything, keeps private views',
  manager: 'Works on partners, plans and submissions',
  admin: 'Also deletes, shapes the programme, scoring and settings',
  owner: 'Also appoints owners and can close the organisation',
}

export const mayAct = (role: Role, needed: Role) => ROLES.indexOf(role) >= ROLES.indexOf(needed)

/** Length of a password, in characters. */
export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128

/** Pages that a mailed link may lead on to once the password is set. */
export const SIGN_IN_PAGES = ['/login', '/portal/login'] as const
