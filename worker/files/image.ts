import type { ImageFormat } from './terms.ts'

/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** What the bytes say of themselves, whatever anybody else says of them. */
export interface Image {
  readonly format: ImageFormat
  /** The largest picture in it; null when it is cut off or damaged. */
  readonly size: Size | null
}

/** Reads an image's kind and size from its own bytes, without unpacking it; null for anything but the four kinds. */
export function readImage(bytes: Uint8Array): Image | null {
  const format = formatOf(bytes)
  return (
    format && { format, size: READERS[format](new DataView(bytes.buffer, bytes.byteOffset, bytes.length)) }
  )
}

const letters = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to))

function formatOf(bytes: Uint8Array): ImageFormat | null {
  if (letters(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (letters(bytes, 0, 3) === '\xff\xd8\xff') return 'jpg'
  if (/^GIF8[79]a$/.test(letters(bytes, 0, 6))) return 'gif'
  return letters(bytes, 0, 4) === 'RIFF' && letters(bytes, 8, 12) === 'WEBP' ? 'webp' : null
}

const READERS: Record<ImageFormat, (view: DataView) => Size | null> = {
  png: (view) => whole(() => pngSize(view)),
  jpg: (view) => whole(() => jpegSize(view)),
  gif: (view) => whole(() => gifSize(view)),
  webp: (view) => whole(() => webpSize(view)),
}

/** Null when the reader runs past the end. */
function whole(read: () => Size | null): Size | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const tag = (view: DataView, at: number) =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))

/** Chunk by chunk to IEND (PNG specification, section 5); the size stands in the first. */
function pngSize(view: DataView): Size | null {
  if (view.getUint32(8) !== 13 || tag(view, 12) !== 'IHDR') return null
  const size = { width: view.getUint32(16), height: view.getUint32(20) }
  let pixels = false
  for (let at = 8; ; at += 12 + view.getUint32(at)) {
    const kind = tag(view, at + 4)
    if (kind === 'IDAT') pixels = true
    if (kind === 'IEND') return pixels && at + 12 <= view.byteLength ? size : null
  }
}

/** Start of frame: C0 to CF but for tables and arithmetic coding's conditions (ITU T.81, table B.1). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const SCAN = 0xda
const END = 0xd9
/** Bytes behind the end of the picture that cameras and editors leave there. */
const TRAILER_MAX = 65_536

/** Segment by segment to the first scan; the size stands in the frame before it. A picture may hold one frame. */
function jpegSize(view: DataView): Size | null {
  let size: Size | null = null
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at++
    const marker = view.getUint8(at + 1)
    if (view.getUint8(at) !== 0xff || view.getUint16(at + 2) < 2) return null
    if (marker === SCAN) return size && endsJpeg(view, at) ? size : null
    if (!isFrame(marker)) continue
    if (size) return null
    size = { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
}

function endsJpeg(view: DataView, scan: number) {
  const first = Math.max(scan, view.byteLength - TRAILER_MAX)
  for (let at = view.byteLength - 2; at >= first; at--)
    if (view.getUint8(at) === 0xff && view.getUint8(at + 1) === END) return true
  return false
}

/** Length of a colour table, by the flags that announce it. */
const colours = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)

/**
 * Block by block to the trailer (GIF89a), which some programs leave out. A frame may be larger than the screen that the
 * head announces.
 */
function gifSize(view: DataView): Size | null {
  let width = view.getUint16(6, true)
  let height = view.getUint16(8, true)
  let frames = 0
  for (let at = 13 + colours(view.getUint8(10)); ; ) {
    const kind = at === view.byteLength ? 0x3b : view.getUint8(at)
    if (kind === 0x3b) return frames > 0 ? { width, height } : null
    if (kind === 0x2c) {
      frames++
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true))
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true))
      at = afterBlocks(view, at + 11 + colours(view.getUint8(at + 9)))
    } else if (kind === 0x21) at = afterBlocks(view, at + 2)
    else return null
  }
}

/** Data comes in blocks that say their length; an empty one ends them. */
function afterBlocks(view: DataView, start: number) {
  let at = start
  while (view.getUint8(at) !== 0) at += 1 + view.getUint8(at)
  return at + 1
}

const uint24 = (view: DataView, at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

/** The head of the first chunk (RFC 9649); all of the file must be there. */
function webpSize(view: DataView): Size | null {
  if (view.getUint32(4, true) + 8 > view.byteLength) return null
  const kind = tag(view, 12)
  if (kind === 'VP8X') return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
  if (kind === 'VP8 ') {
    if (uint24(view, 23) !== 0x2a_01_9d) return null
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (kind !== 'VP8L' || view.getUint8(20) !== 0x2f) return null
  const bits = view.getUint32(21, true)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}
