import { useState } from 'preact/hooks'
import { areHotkeysOn, turnHotkeys } from '#web/ui/hotkeys.ts'
import { ThemeSwitch } from '#web/ui/theme-switch.tsx'

export function Appearance() {
  const [keys, setKeys] = useState(areHotkeysOn)
  return (
    <>
      <div class="setting">
        <span>Theme</span>
        <ThemeSwitch />
      </div>
      <label class="setting">
        <span>
          Single-key shortcuts
          <br />
          <span class="muted">Such as C to add a partner. Off while you type.</span>
        </span>
        <input
          type="checkbox"
          checked={keys}
          onChange={(event) => {
            turnHotkeys(event.currentTarget.checked)
            setKeys(event.currentTarget.checked)
          }}
        />
      </label>
    </>
  )
}
