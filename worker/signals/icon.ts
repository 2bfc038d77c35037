import { readImage } from '#worker/files/image.ts'
import { type ImageFormat, SIDE_MAX } from '#worker/files/terms.ts'
import { discard, readBytes, Unanswered } from './fetching.ts'
import type { Door } from './hosts.ts'
import type { Icon } from './page.ts'

const ICON_MAX = 204_800
const TIMEOUT_MS = 5_000
/** Tried one after the other until one is an image that can be shown. */
const TRIES_MAX = 3
/** Larger ones are no better as a logo, and heavier. */
const SIDE_ENOUGH = 512

/** An icon that can be stored: what its bytes say it is, whatever its sender calls it. */
export interface Found {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly format: ImageFormat
}

/** The best of a page's icons that is an image of ours; null when none is, or none could be had. */
export async function fetchIcon(
  door: Door,
  icons: readonly Icon[],
  welcome: (url: URL) => Promise<void>,
): Promise<Found | null> {
  const best = icons
    .filter(({ url }) => !/\.(?:svg|ico)$/i.test(url.pathname))
    .toSorted((a, b) => rankOf(b) - rankOf(a))
  const tried = [...new Map(best.map((icon) => [icon.url.href, icon])).values()].slice(0, TRIES_MAX)
  for (const { url } of tried) {
    const found = await fetchOne(door, url, welcome)
    if (found) return found
  }
  return null
}

const rankOf = ({ side }: Icon) => (side > SIDE_ENOUGH ? SIDE_ENOUGH - side / SIDE_MAX : side)

async function fetchOne(door: Door, url: URL, welcome: (url: URL) => Promise<void>): Promise<Found | null> {
  try {
    const { response } = await door.follow(url, { accept: 'image/*', timeoutMs: TIMEOUT_MS }, welcome)
    if (!response.ok) {
      discard(response)
      return null
    }
    const { bytes, cut } = await readBytes(response, ICON_MAX)
    const image = cut ? null : readImage(bytes)
    if (!image?.size) return null
    const sides = [image.size.width, image.size.height]
    return Math.min(...sides) < 1 || Math.max(...sides) > SIDE_MAX ? null : { bytes, format: image.format }
  } catch (error) {
    if (error instanceof Unanswered) return null
    throw error
  }
}
