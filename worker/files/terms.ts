/** Bytes of a logo, at most: 2 MiB. */
export const LOGO_MAX = 2 * 1_024 * 1_024
/** Pixels of an image's longer side, at most: what a browser would unpack them into stays under 64 MiB. */
export const SIDE_MAX = 4_096

/** Kinds of image that are taken, by the ending of their key, each with the type that it is served with. */
export const IMAGE_TYPES = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
} as const
export type ImageFormat = keyof typeof IMAGE_TYPES

/** Kinds of file that belong to a form. */
export const FORM_FILE_TYPES = { ...IMAGE_TYPES, pdf: 'application/pdf' } as const
export type FormFileFormat = keyof typeof FORM_FILE_TYPES
