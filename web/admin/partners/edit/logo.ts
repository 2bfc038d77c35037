import { answerOf, done } from '#web/problem.ts'
import { putFile } from '#web/put-file.ts'

const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']
export const LOGO_TYPES = TYPES.join(',')
const MIB = 1024 * 1024
const SIZE_MAX_MIB = 2
const SIDE_MAX_PIXELS = 4_096

const SIZE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

/** Why a file cannot be a logo, as far as can be seen before it is sent; null when nothing is wrong. */
export async function wrongWithLogo(file: File): Promise<string | null> {
  if (!TYPES.includes(file.type)) return 'Choose a PNG, JPEG, WebP or GIF.'
  if (file.size > SIZE_MAX_MIB * MIB)
    return `This file has ${SIZE.format(file.size / MIB)} MiB; a logo may have ${SIZE_MAX_MIB} MiB at most.`
  const image = await createImageBitmap(file).catch(() => null)
  if (!image) return 'This file is not an image that can be read. Choose another one.'
  const { width, height } = image
  image.close()
  if (Math.max(width, height) > SIDE_MAX_PIXELS)
    return `This image is ${width} × ${height} pixels; a side may have ${SIDE_MAX_PIXELS} at most.`
  return null
}

const pathOf = (partnerId: string) => `/api/partners/${partnerId}/logo`

export const removeLogo = (partnerId: string) => done(fetch(pathOf(partnerId), { method: 'DELETE' }))

/** Sends an image; `onProgress` hears of the share that is sent, 0 to 1. */
export const uploadLogo = (
  partnerId: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<{ logoUrl: string }> => answerOf(putFile(pathOf(partnerId), file, onProgress, signal))
