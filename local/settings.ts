import { resolve } from 'node:path'
import { Failure } from './failure.ts'

export interface Settings {
  port: number
  /** Absolute; everything that a run leaves behind is in here. */
  dataDir: string
  demo: boolean
  /** Where each request of the Worker goes instead of to its own address. */
  outbound: string | undefined
}

/** @throws Failure naming the variable that makes no sense */
export function readSettings(env: Record<string, string | undefined>): Settings {
  return {
    port: readPort(env.PORT),
    dataDir: resolve(env.DATA_DIR || '.data'),
    demo: env.DEMO !== '0',
    outbound: readOutbound(env.OUTBOUND),
  }
}

function readPort(text: string | undefined) {
  const port = Number(text || 8787)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new Failure(`PORT must be a number from 1 to 65535, not "${text}".`)
}

function readOutbound(text: string | undefined) {
  if (!text) return undefined
  if (URL.canParse(text) && /^https?:/.test(text)) return text
  throw new Failure(`OUTBOUND must be an address such as http://127.0.0.1:9000, not "${text}".`)
}
