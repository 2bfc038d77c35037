import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { at } from '#local/paths.ts'
import { CAST, type Role } from './cast.ts'
import { lookingAs, visitor } from './journey.ts'
import { NARROW, paint, SCENES, WIDE } from './scenes.ts'

const scenes = SCENES.map((scene, at) => [scene.name, scene, at] as const)

/** Whose scenes change nothing that another scene could see. */
const ONLY_LOOK: Role[] = ['owner', 'viewer', 'verbose']

/** `EVERY_PAGE=1` looks at each scene at both widths; a usual run at one of them, by turns. */
const thorough = process.env.EVERY_PAGE === '1'

test.each(scenes)(
  '%s: axe finds nothing, light and dark, and a narrow screen holds it all',
  async (_, scene, at) => {
    const comes = CAST[scene.who]
    const looks = ONLY_LOOK.includes(scene.who)
    const { context, page, ...one } = looks ? await lookingAs(scene.who, comes) : await comes(await visitor())
    const widths = scene.narrowOnly ? [NARROW] : [WIDE, NARROW]
    const looked = thorough ? widths : [widths[at % widths.length]]
    for (const [nth, viewport] of widths.entries()) {
      // The window is narrowed as it is, unless what is open would have to move along.
      await page.setViewportSize(viewport)
      await page.evaluate(drawn)
      if (nth === 0 || scene.eachWidth) {
        await scene.open({ ...one, context, page })
        await page.evaluate(AXE)
      }
      if (looked.includes(viewport)) expect(await flaws(page)).toEqual([])
      expect(await page.evaluate(beyondTheEdge)).toEqual([])
    }
    await paint(page, 'dark')
    expect(await flaws(page, ['color-contrast'])).toEqual([])
    await context.setOffline(false)
  },
)

/** What follows the width of the window is drawn with the frame after it. */
const drawn = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))

/** The rows of the directory are all alike, and each takes its time. */
const FURTHER_ROWS = 'tbody tr:nth-child(n + 6)'
const AXE = readFileSync(at('node_modules/axe-core/axe.min.js'), 'utf8')

async function flaws(page: Page, rules?: string[]) {
  // Legacy mode opens no window of its own, which only pages with frames need. Axe itself is on the page already: the
  // builder would hand over its two megabytes twice for each look.
  const axe = new AxeBuilder({ page, axeSource: '0' }).setLegacyMode().exclude(FURTHER_ROWS)
  const { violations } = await axe
    .options({ resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) })
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** What one can neither see nor press after scrolling to it, and whatever makes the page scroll sideways. */
function beyondTheEdge(): string[] {
  const found: string[] = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) found.push(`The page is ${scrollWidth} wide on a screen of ${clientWidth}`)
  const dialogs = [...document.querySelectorAll('dialog:modal')]
  for (const dialog of dialogs)
    for (const part of [dialog, ...dialog.children])
      if (part.scrollWidth > part.clientWidth) found.push(`${part.className} scrolls sideways`)

  const top = dialogs.at(-1)
  const edge = top?.getBoundingClientRect() ?? { left: 0, right: clientWidth }
  for (const control of (top ?? document).querySelectorAll<HTMLElement>('a[href], button, input, select')) {
    if (control.ariaHidden === 'true' || !control.checkVisibility({ visibilityProperty: true })) continue
    control.scrollIntoView({ block: 'center', inline: 'center' })
    const { left, right, top, bottom, width } = control.getBoundingClientRect()
    // Drawn for screen readers alone, or shown once it has the focus.
    if (width <= 1 || bottom < 0) continue
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    const reached = hit && (control.contains(hit) || hit.closest('label')?.contains(control))
    // What opened over it closes with the first press elsewhere.
    const covered = hit?.closest('[popover="auto"]') && !control.closest('[popover]')
    if (covered) continue
    if (!reached || left < edge.left - 1 || right > edge.right + 1)
      found.push(`Out of reach: ${control.outerHTML.slice(0, 200)}`)
  }
  return found
}
