import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { loadDemo } from '#local/demo/load.ts'
import { freePort } from '#local/ports.ts'
import { startLocal } from '#local/server.ts'
import { type BrowserProgram, findBrowser } from './browser.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    siteUrl: string
    browser: BrowserProgram
  }
}

/** One local server with the demo, for all journeys. */
export default async function startSite(project: TestProject) {
  const dataDir = mkdtempSync(join(tmpdir(), 'entente-journeys-'))
  const outside = await startOutside()
  const local = await startLocal({ port: 0, dataDir, outbound: outside.url })
  const stop = async () => {
    await local.stop()
    outside.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await loadDemo(local)
    project.provide('siteUrl', local.url)
    project.provide('browser', await findBrowser())
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Stands in for every other site of the network. Nothing leaves the machine. */
async function startOutside() {
  const server = createServer((_, response) => response.writeHead(503).end('No network in journeys.'))
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}
