const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const joined = (...parts: readonly (Uint8Array | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]))
const u16 = (value: number) => [value >> 8, value & 255]
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)]
const le16 = (value: number) => u16(value).reverse()
const le24 = (value: number) => [...le16(value & 0xffff), value >> 16]
const le32 = (value: number) => u32(value).reverse()

const chunk = (kind: string, content: readonly number[]) =>
  joined(u32(content.length), latin(kind), content, u32(0))

/** Images of any size as their heads tell it, with hardly a pixel in them: what takes them looks no further. */
export const png = (width: number, height: number, filler = 10) =>
  joined(
    latin('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', [...u32(width), ...u32(height), 8, 2, 0, 0, 0]),
    chunk(
      'IDAT',
      Array.from({ length: filler }, () => 0),
    ),
    chunk('IEND', []),
  )

export const jpeg = (width: number, height: number) =>
  joined(
    [0xff, 0xd8, 0xff, 0xe0, ...u16(16)],
    latin('JFIF\0'),
    [1, 1, 0, 0, 1, 0, 1, 0, 0],
    [0xff, 0xc2, ...u16(11), 8, ...u16(height), ...u16(width), 1, 1, 0x11, 0],
    [0xff, 0xda, ...u16(8), 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xff, 0xd9],
  )

/** With a frame of another size than the screen that it says it fills. */
export const gif = (width: number, height: number, frame = { width, height }) =>
  joined(
    latin('GIF89a'),
    [...le16(width), ...le16(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    [0x21, 0xf9, 4, 0, 0, 0, 0, 0],
    [0x2c, 0, 0, 0, 0, ...le16(frame.width), ...le16(frame.height), 0],
    [2, 2, 0x4c, 1, 0, 0x3b],
  )

const riff = (kind: string, content: readonly number[]) =>
  joined(latin('RIFF'), le32(content.length + 12), latin('WEBP'), latin(kind), le32(content.length), content)

export const webp = {
  lossy: (width: number, height: number) =>
    riff('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...le16(width), ...le16(height), 0, 0]),
  lossless: (width: number, height: number) =>
    riff('VP8L', [0x2f, ...le32(((width - 1) | ((height - 1) << 14)) >>> 0), 0, 0, 0]),
  extended: (width: number, height: number) =>
    riff('VP8X', [0, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)]),
}
