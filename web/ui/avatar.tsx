import './avatar.css'

interface Props {
  name: string
  imageUrl?: string | null
  /** People are round, companies are not. */
  round?: boolean
  size?: 'large' | 'xl'
}

/** A picture, or initials on a colour that is always the same for the same name. The name itself stands beside it. */
export function Avatar({ name, imageUrl, round, size }: Props) {
  return (
    <span
      class="avatar"
      data-round={round || undefined}
      data-size={size}
      style={{ '--hue': String(hueOf(name)) }}
      aria-hidden="true"
    >
      {imageUrl ? <img src={imageUrl} alt="" loading="lazy" decoding="async" /> : initialsOf(name)}
    </span>
  )
}

/** The first letters of the first and the last word, whatever the script; one letter for one word. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s\p{P}\p{S}]+/u).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => Array.from(word ?? '')[0] ?? '',
  )
  return letters.join('').toUpperCase() || '?'
}

function hueOf(name: string): number {
  let hash = 0
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 360
  return hash
}
