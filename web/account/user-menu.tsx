import { ChevronsUpDown, Keyboard, LogOut, UserRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Avatar } from '#web/ui/avatar.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { Menu, MenuChoice, MenuItem } from '#web/ui/menu.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { chooseTheme, currentTheme, THEME_LABELS, THEMES } from '#web/ui/theme.ts'
import type { Me } from '#worker/auth/schema.ts'
import type { Realm } from './realm.ts'
import { signOut } from './sign-out.ts'
import './user-menu.css'

interface Props {
  me: Me | undefined
  realm: Realm
  onShowKeys?: () => void
}

export function UserMenu({ me, realm, onShowKeys }: Props) {
  const { route } = useLocation()
  if (!me)
    return (
      <span class="user-button" aria-hidden="true">
        <Skeleton width={70} />
      </span>
    )
  const { name, email } = me.user
  return (
    <Menu
      label="Your account"
      header={
        <p class="menu-note">
          <strong>{name}</strong>
          <br />
          <span class="muted">{email}</span>
        </p>
      }
      trigger={(props) => (
        <button type="button" class="user-button" {...props}>
          <Avatar name={name} round />
          <span class="sr-only">Your account: </span>
          <span class="truncate">{name}</span>
          <ChevronsUpDown size={14} aria-hidden="true" />
        </button>
      )}
    >
      <MenuItem icon={<UserRound size={15} aria-hidden="true" />} onChoose={() => route(realm.accountPage)}>
        Account
      </MenuItem>
      {onShowKeys && (
        <MenuItem icon={<Keyboard size={15} aria-hidden="true" />} onChoose={onShowKeys}>
          Keyboard shortcuts
          <span class="end">
            <Kbd keys="?" />
          </span>
        </MenuItem>
      )}
      <ThemeChoices />
      <hr />
      <MenuItem icon={<LogOut size={15} aria-hidden="true" />} onChoose={() => void signOut(realm)}>
        Sign out
      </MenuItem>
    </Menu>
  )
}

function ThemeChoices() {
  const [theme, setTheme] = useState(currentTheme)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu.
    <div role="group" aria-label="Theme">
      <hr />
      {THEMES.map((choice) => (
        <MenuChoice
          key={choice}
          checked={choice === theme}
          onChoose={() => {
            chooseTheme(choice)
            setTheme(choice)
          }}
        >
          {`${THEME_LABELS[choice]} theme`}
        </MenuChoice>
      ))}
    </div>
  )
}
