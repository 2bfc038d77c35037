import { BANNER_WIDTH } from '#web/form/design.ts'
import { BANNER_MAX } from '#worker/applications/terms.ts'
import { inMib, Unfit } from './use-upload.ts'

const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']
export const BANNER_TYPES = TYPES.join(',')
const QUALITY = 0.85

/**
 * An image as it is sent: no wider than it is ever shown, so that applicants wait for no more than they see.
 * @throws Unfit with what to do instead
 */
export async function scaledBanner(file: File): Promise<Blob> {
  if (!TYPES.includes(file.type)) throw new Unfit('Choose a PNG, JPEG, WebP or GIF.')
  const image = await createImageBitmap(file).catch(() => null)
  if (!image) throw new Unfit('This file is not an image that can be read. Choose another one.')
  const sent = image.width > BANNER_WIDTH ? await drawn(image, file.type) : file
  image.close()
  if (sent.size > BANNER_MAX)
    throw new Unfit(`This image has ${inMib(sent.size)}; a banner may have ${inMib(BANNER_MAX)} at most.`)
  return sent
}

/** Photographs stay JPEG; what may be see-through becomes WebP, or PNG where the browser writes no WebP. */
async function drawn(image: ImageBitmap, type: string): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = BANNER_WIDTH
  canvas.height = Math.max(1, Math.round((image.height * BANNER_WIDTH) / image.width))
  const context = canvas.getContext('2d')
  if (!context)
    throw new Unfit('This browser cannot scale images. Choose one that is 1,600 pixels wide at most.')
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, type === 'image/jpeg' ? type : 'image/webp', QUALITY),
  )
  if (!blob) throw new Unfit('This image is too large to be scaled. Choose a smaller one.')
  return blob
}
