/** What WCAG asks for: of text, and of what shows where a control is. */
export const TEXT_CONTRAST = 4.5
export const SHAPE_CONTRAST = 3

/** What a form stands on, by theme; as in `form.css`. */
export const GROUNDS = { light: '#ffffff', dark: '#16181b' } as const
const INKS = { light: '#ffffff', dark: '#000000' } as const

const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

/** Relative luminance of `#rrggbb`, 0 to 1, as WCAG defines it. */
export function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** The text colour that reads best on a colour; at least 4.5 : 1 on any. */
export const inkOn = (colour: string): string =>
  contrast(colour, INKS.light) >= contrast(colour, INKS.dark) ? INKS.light : INKS.dark

/** The colour, or the nearest of its darker or lighter shades that stands out from `ground` by so much. */
export function readable(colour: string, ground: string, least: number): string {
  const towards = luminance(ground) > 0.5 ? 0 : 255
  const steps = Array.from({ length: 21 }, (_, step) => mixed(colour, towards, step / 20))
  return steps.find((shade) => contrast(shade, ground) >= least) ?? steps.at(-1) ?? colour
}

const mixed = (colour: string, towards: number, share: number) =>
  `#${channels(colour)
    .map((value) =>
      Math.round(value + (towards - value) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
