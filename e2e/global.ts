import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { loadDemo } from '#local/demo/load.ts'
import { startLocal } from '#local/server.ts'
import { type BrowserProgram, findBrowser } from './browser.ts'
import { Stand } from './outside.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    siteUrl: string
    /** What stands in for every other site of the network. */
    outsideUrl: string
    browser: BrowserProgram
  }
}

/** One local server with the demo, for all journeys. */
export default async function startSite(project: TestProject) {
  const dataDir = mkdtempSync(join(tmpdir(), 'entente-journeys-'))
  const outside = new Stand()
  const { url } = await outside.start()
  const local = await startLocal({ port: 0, dataDir, outbound: url })
  const stop = async () => {
    await local.stop()
    outside.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await loadDemo(local)
    project.provide('siteUrl', local.url)
    project.provide('outsideUrl', url)
    project.provide('browser', await findBrowser())
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}
