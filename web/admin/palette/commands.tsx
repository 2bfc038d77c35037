import {
  ChartNoAxesColumnIncreasing,
  Handshake,
  Inbox,
  Keyboard,
  LogOut,
  Plus,
  Settings,
  SunMoon,
  Table2,
  UserPlus,
  UserRound,
} from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { ADMIN } from '#web/account/realm.ts'
import { signOut } from '#web/account/sign-out.ts'
import { partnerPath } from '#web/admin/partners/drawer-path.ts'
import type { ShownView } from '#web/admin/partners/views/built-in-views.ts'
import type { Choice } from '#web/ui/picker.tsx'
import { chooseTheme, currentTheme, THEME_LABELS, THEMES } from '#web/ui/theme.ts'
import type { Me } from '#worker/auth/schema.ts'
import { mayAct, type Role } from '#worker/auth/terms.ts'

export type Command = Choice & { run: () => void }

interface Around {
  me: Me | undefined
  views: readonly ShownView[]
  route: (path: string) => void
  onShowKeys: () => void
}

const icon = (Icon: typeof Plus) => <Icon size={15} aria-hidden="true" />

const command = (
  label: string,
  kind: string,
  picture: ComponentChildren,
  run: () => void,
  id = label,
): Command => ({ value: `${kind} ${id}`, label, icon: picture, note: kind, run })

/** All that one can go to or do from anywhere; what one's role may not do is left out. */
export function commandsOf({ me, views, route, onShowKeys }: Around): Command[] {
  const may = (role: Role) => me?.role != null && mayAct(me.role, role)
  const page = (label: string, Icon: typeof Plus, path: string) =>
    command(label, 'Page', icon(Icon), () => route(path))
  const action = (label: string, Icon: typeof Plus, run: () => void) =>
    command(label, 'Action', icon(Icon), run)
  return [
    ...(may('manager') ? [action('Add partner', Plus, () => route(partnerPath('', 'new')))] : []),
    page('Partners', Handshake, '/partners'),
    ...views.map(({ id, name, search }) =>
      command(name, 'View', icon(Table2), () => route(`/partners${search}`), id),
    ),
    page('Applications', Inbox, '/partners/applications'),
    page('Programme', ChartNoAxesColumnIncreasing, '/program'),
    page('Settings: Members', Settings, '/settings/members'),
    page('Settings: Scoring', Settings, '/settings/scoring'),
    page('Settings: Account', UserRound, '/settings/account'),
    ...(may('admin') ? [action('Invite a member', UserPlus, () => route('/settings/members'))] : []),
    ...THEMES.filter((theme) => theme !== currentTheme()).map((theme) =>
      action(`Appearance: ${THEME_LABELS[theme]}`, SunMoon, () => chooseTheme(theme)),
    ),
    action('Keyboard shortcuts', Keyboard, onShowKeys),
    action('Sign out', LogOut, () => void signOut(ADMIN)),
  ]
}
