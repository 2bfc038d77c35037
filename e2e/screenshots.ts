/** `npm run screenshots [folder] [-- --readme]`: every scene, wide and narrow, light and dark, to look at. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { loadDemo } from '#local/demo/load.ts'
import { describe } from '#local/failure.ts'
import { at } from '#local/paths.ts'
import { startLocal } from '#local/server.ts'
import { findBrowser, launch } from './browser.ts'
import { CAST, type Role } from './cast.ts'
import type { Scene } from './scene.ts'
import { NARROW, PICTURES, paint, SCENES, WIDE } from './scenes.ts'
import { shrinkPng } from './small-png.ts'
import { type Visitor, visit } from './visitor.ts'

const README_IMAGE = at('docs/images/partners.png')

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { readme: { type: 'boolean', default: false } },
})
const folder = positionals[0] ?? at('.data/screenshots')

main().catch((error: unknown) => {
  console.error(`screenshots: ${describe(error)}`)
  process.exitCode = 1
})

async function main() {
  const dataDir = mkdtempSync(join(tmpdir(), 'entente-screenshots-'))
  const local = await startLocal({ port: 0, dataDir, say: console.log })
  const browser = await launch(await findBrowser())
  try {
    await loadDemo(local)
    await (values.readme ? takeForReadme(browser, local.url) : takeAll(browser, local.url))
  } finally {
    await browser.close()
    await local.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function takeForReadme(browser: Browser, siteUrl: string) {
  const { page } = await CAST.owner(await visit(browser, siteUrl, { colorScheme: 'light' }))
  await page.goto('/partners')
  await page.getByRole('link', { name: 'Auroral Systems', exact: true }).waitFor()
  mkdirSync(dirname(README_IMAGE), { recursive: true })
  writeFileSync(README_IMAGE, shrinkPng(await page.screenshot()))
  console.log(README_IMAGE)
}

/** One visitor for each role, one tab for each scene and width. */
async function takeAll(browser: Browser, siteUrl: string) {
  mkdirSync(folder, { recursive: true })
  const cast = new Map<Role, Visitor>()
  for (const scene of [...SCENES, ...PICTURES]) {
    const visitor = cast.get(scene.who) ?? (await CAST[scene.who](await visit(browser, siteUrl)))
    cast.set(scene.who, visitor)
    await take(visitor, scene).catch((error: unknown) => console.error(`${scene.name}: ${describe(error)}`))
  }
  console.log(folder)
}

async function take({ context, ...visitor }: Visitor, scene: Scene) {
  for (const [width, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    if (scene.narrowOnly && viewport === WIDE) continue
    const page = await context.newPage()
    try {
      await page.setViewportSize(viewport)
      await scene.open({ ...visitor, context, page })
      for (const colorScheme of ['light', 'dark'] as const) {
        await paint(page, colorScheme)
        await page.screenshot({ path: join(folder, `${scene.name}-${width}-${colorScheme}.png`) })
      }
    } finally {
      await context.setOffline(false)
      await page.close()
    }
  }
}
