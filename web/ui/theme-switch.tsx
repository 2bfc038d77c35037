import { Monitor, Moon, Sun } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { chooseTheme, currentTheme, THEME_LABELS, THEMES } from './theme.ts'
import './segments.css'

const ICONS = { system: Monitor, light: Sun, dark: Moon }

export function ThemeSwitch() {
  const [theme, setTheme] = useState(currentTheme)
  const name = useId()
  return (
    <fieldset class="segments">
      <legend class="sr-only">Theme</legend>
      {THEMES.map((choice) => {
        const Icon = ICONS[choice]
        return (
          <label key={choice}>
            <input
              class="sr-only"
              type="radio"
              name={name}
              checked={choice === theme}
              onChange={() => {
                chooseTheme(choice)
                setTheme(choice)
              }}
            />
            <Icon size={14} aria-hidden="true" />
            {THEME_LABELS[choice]}
          </label>
        )
      })}
    </fieldset>
  )
}
