import type { Design } from '#worker/applications/schema.ts'
import type { Font } from '#worker/applications/terms.ts'
import { GROUNDS, inkOn, readable, SHAPE_CONTRAST, TEXT_CONTRAST } from './contrast.ts'

/** Fonts that machines have already: none is loaded. */
const STACKS: Record<Font, string> = {
  system: 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif',
  serif: '"Iowan Old Style","Palatino Linotype",Palatino,P052,"URW Palladio L",Georgia,serif',
  mono: 'ui-monospace,"SF Mono","Cascadia Code",Menlo,Consolas,"DejaVu Sans Mono",monospace',
  rounded:
    'ui-rounded,"Hiragino Maru Gothic ProN",Quicksand,Nunito,"Arial Rounded MT Bold",Calibri,sans-serif',
  humanist: 'Seravek,"Gill Sans Nova",Ubuntu,Calibri,"DejaVu Sans","Source Sans Pro",sans-serif',
}

/** Banners are drawn to this width in the browser of whoever uploads them. */
export const BANNER_WIDTH = 1_600

/** What a design says, as custom properties for `form.css`. Values are of fixed shapes, so that nothing else gets in. */
export function designCss({ accent, font, bannerColor, bannerHeight }: Design): string {
  const fills = bothOf((ground) => readable(accent, ground, SHAPE_CONTRAST))
  const inks = bothOf((ground) => readable(accent, ground, TEXT_CONTRAST))
  return [
    ':root{',
    `--font:${STACKS[font]};`,
    `--accent:${themed(fills)};`,
    `--on-accent:${themed({ light: inkOn(fills.light), dark: inkOn(fills.dark) })};`,
    `--accent-ink:${themed(inks)};`,
    `--banner:${bannerColor ?? 'transparent'};`,
    `--banner-height:${bannerHeight}px}`,
  ].join('')
}

interface Themed {
  readonly light: string
  readonly dark: string
}

const bothOf = (shade: (ground: string) => string): Themed => ({
  light: shade(GROUNDS.light),
  dark: shade(GROUNDS.dark),
})

const themed = ({ light, dark }: Themed) => (light === dark ? light : `light-dark(${light},${dark})`)
