import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE_BYTES = 8
const RGB_BYTES = 3
/** Shades are rounded to multiples of this, which no eye tells apart... */
const STEP = 4
/** ...but for the brightest, where grounds differ by less. */
const BRIGHT = 240

/**
 * The browser's screenshot (RGB, 8 bits) at about two thirds of its size. The browser compresses for speed; letters on
 * flat grounds shrink best unfiltered, and further with fewer shades at their edges.
 */
export function shrinkPng(png: Buffer): Buffer {
  const chunks = [...chunksOf(png)]
  const header = chunks.find(({ type }) => type === 'IHDR')?.content
  if (header?.[8] !== 8 || header[9] !== 2) throw new Error('This is no PNG as the browser makes it.')
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ content }) => content))
  const lines = unfilter(inflateSync(packed), header.readUInt32BE(0) * RGB_BYTES)
  for (const [at, shade] of lines.entries()) if (shade < BRIGHT) lines[at] = Math.round(shade / STEP) * STEP
  return Buffer.concat([
    png.subarray(0, SIGNATURE_BYTES),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function* chunksOf(png: Buffer) {
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const length = png.readUInt32BE(at)
    yield {
      type: png.toString('latin1', at + 4, at + 8),
      content: png.subarray(at + 8, at + 8 + length),
    }
    at += length + 12
  }
}

function chunk(type: string, content: Buffer) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(content.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** Each line again begins with its filter, which is none. */
function unfilter(filtered: Buffer, width: number) {
  const lines = Buffer.alloc(filtered.length)
  for (let start = 0; start < filtered.length; start += width + 1) {
    const filter = filtered[start] ?? 0
    for (let at = start + 1; at <= start + width; at++) {
      const left = at - start > RGB_BYTES ? (lines[at - RGB_BYTES] ?? 0) : 0
      const above = start > 0 ? (lines[at - width - 1] ?? 0) : 0
      const corner = start > 0 && at - start > RGB_BYTES ? (lines[at - width - 1 - RGB_BYTES] ?? 0) : 0
      lines[at] = (filtered[at] ?? 0) + predict(filter, left, above, corner)
    }
  }
  return lines
}

/** The five filters of the PNG specification, section 9. */
function predict(filter: number, left: number, above: number, corner: number) {
  if (filter === 1) return left
  if (filter === 2) return above
  if (filter === 3) return (left + above) >> 1
  if (filter === 0) return 0
  const byLeft = Math.abs(above - corner)
  const byAbove = Math.abs(left - corner)
  const byCorner = Math.abs(left + above - 2 * corner)
  if (byLeft <= byAbove && byLeft <= byCorner) return left
  return byAbove <= byCorner ? above : corner
}
