import type { Page } from 'playwright-core'
import { findBrowser, launch } from '../e2e/browser.ts'
import type { Owner } from './people.ts'
import { LARGE } from './rig.ts'
import { number } from './targets.ts'

/** A frame of a screen that shows sixty a second, and what its clock may be off. */
const FRAME_MS = 1_000 / 60 + 1
/** Typed letter by letter and taken back; each letter finds other partners. */
const WORD = 'analytics'

/** How long keys took to be seen. */
export interface Typed {
  keys: number
  /** Seen in the next frame after the key, whose script, layout and painting ended before the frame after that. */
  within: number
  /** Ms of script, layout and painting in the frame that shows a key. */
  p95: number
}

/** What a frame recorder leaves in the page. */
interface Recorded {
  keys: number[]
  frames: { began: number; ended: number }[]
}
declare global {
  interface Window {
    recorded?: Recorded
  }
}

/**
 * The search of the directory as somebody types in it, key by key by turns with a bare field in an empty page: what the
 * machine and the browser lose there is not ours.
 */
export async function typing(
  url: string,
  { cookie }: Owner,
  rounds: number,
): Promise<{ app: Typed; bare: Typed }> {
  const browser = await launch(await findBrowser())
  try {
    const [app, bare] = [
      await (await browser.newContext()).newPage(),
      await (await browser.newContext()).newPage(),
    ]
    const cookies = cookie.split('; ').map((each) => each.split(/=(.*)/s))
    await app.context().addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url })))
    await app.goto(`${url}/partners`)
    await app.getByText(number(LARGE)).first().waitFor()
    await app.getByLabel('Search partners').focus()
    await bare.setContent('<input aria-label="Bare">')
    await bare.getByLabel('Bare').focus()
    for (const page of [app, bare]) await page.evaluate(record)
    for (let round = 0; round < rounds; round++) {
      const keys = [...WORD.split(''), ...WORD.replaceAll(/./g, 'Backspace ').trim().split(' ')]
      for (const key of keys)
        for (const page of [app, bare]) {
          await page.keyboard.press(key)
          // As long as a quick hand takes, never in step with the frames.
          await page.waitForTimeout(70 + Math.random() * 40)
        }
    }
    return { app: await readOf(app), bare: await readOf(bare) }
  } finally {
    await browser.close()
  }
}

/** Notes when each key was pressed, and when each frame began and was painted. */
function record() {
  const recorded: Recorded = { keys: [], frames: [] }
  window.recorded = recorded
  addEventListener('keydown', ({ timeStamp }) => recorded.keys.push(timeStamp), true)
  const frame = () => {
    const began = performance.now()
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => recorded.frames.push({ began, ended: performance.now() })
    port2.postMessage(null)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

async function readOf(page: Page): Promise<Typed> {
  const { keys, frames } = await page.evaluate(() => window.recorded ?? { keys: [], frames: [] })
  const shown = keys.flatMap((at) => frames.find(({ began }) => began >= at) ?? [])
  const work = shown.map(({ began, ended }) => ended - began).toSorted((a, b) => a - b)
  const within = shown.filter(
    ({ began, ended }, nth) => began - (keys[nth] ?? 0) <= FRAME_MS && ended - began <= FRAME_MS,
  )
  return { keys: keys.length, within: within.length, p95: work[Math.floor(work.length * 0.95)] ?? Number.NaN }
}

/** Two lines for the reader of the benchmark. */
export function told({ app, bare }: { app: Typed; bare: Typed }): string {
  const line = (name: string, { keys, within, p95 }: Typed) =>
    `${name.padEnd(43)} ${within} of ${keys} keys shown within one frame, its work p95 ${number(p95)} ms`
  return `${line(`typing in the search of ${number(LARGE)}`, app)}\n${line('typing in a bare field', bare)}`
}
