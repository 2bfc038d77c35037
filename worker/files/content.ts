import { AppError } from '#worker/http/errors.ts'
import { readImage } from './image.ts'
import { type ImageFormat, SIDE_MAX } from './terms.ts'

const side = SIDE_MAX.toLocaleString('en')

/**
 * The format that an image is really of.
 * @throws `media-type` for anything but the four kinds; `invalid` for one that is damaged or too large.
 */
export function imageFormatOf(bytes: Uint8Array): ImageFormat {
  const image = readImage(bytes)
  if (!image)
    throw new AppError('media-type', {
      detail: 'Choose a PNG, JPEG, WebP or GIF image. Export an SVG or any other file as PNG first.',
    })
  if (!image.size) throw unfit('This image is damaged or cut off. Save it again, or choose another one.')
  const { width, height } = image.size
  if (Math.min(width, height) < 1) throw unfit('This image is empty. Choose another one.')
  if (Math.max(width, height) > SIDE_MAX)
    throw unfit(`This image has ${width} by ${height} pixels. Scale it down to ${side} a side at most.`)
  return image.format
}

const unfit = (detail: string) => new AppError('invalid', { detail, errors: [{ pointer: '', detail }] })

/** Bytes at either end in which a PDF says that it is one: programs put a little in front and behind. */
const PDF_EDGE = 1_024

/** Whether these are the bytes of a PDF that is not cut off, whatever anybody else says of them. */
export function isPdf(bytes: Uint8Array): boolean {
  const latin = new TextDecoder('latin1')
  return (
    latin.decode(bytes.subarray(0, PDF_EDGE)).includes('%PDF-') &&
    latin.decode(bytes.subarray(-PDF_EDGE)).includes('%%EOF')
  )
}
