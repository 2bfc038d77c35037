import { AppError, type FieldError } from '#worker/http/errors.ts'
import { sha256 } from '#worker/http/secrets.ts'
import type { AgreementSection, Form, FormVersion } from './schema.ts'

/** Bytes of a version, at most: D1 takes two million in a row, and every opening of the page reads it. */
const VERSION_MAX = 1_500_000

/** The parts of a form that applicants see. */
export type Shown = Pick<Form, 'name' | 'sections' | 'design' | 'content'>

/**
 * What this save asks: with its Markdown as HTML, so that nothing is rendered while applicants wait, and with the
 * fingerprints of what they agree to. `documents` are the SHA-256 of PDFs, by their address.
 * @throws `invalid` at a text that cannot be rendered, or when all of it is too large.
 */
export async function versionOf(
  { name, sections, design, content }: Shown,
  documents: ReadonlyMap<string, string>,
  changed: string[] | null,
): Promise<FormVersion> {
  const agreements = sections.flatMap((section, at) =>
    section.kind === 'agreement' ? [{ section, at }] : [],
  )
  const render = await renderer()
  const html = {
    description: render('/content/description', content.description),
    agreements: Object.fromEntries(
      agreements.map(({ section, at }) => [section.id, render(`/sections/${at}/text`, section.text)]),
    ),
  }
  const fingerprints = Object.fromEntries(
    await Promise.all(
      agreements.map(async ({ section }) => [section.id, await fingerprintOf(section, documents)]),
    ),
  )
  const version = { sections, design, content, name, html, fingerprints, changed }
  if (new TextEncoder().encode(JSON.stringify(version)).length > VERSION_MAX)
    throw refused('/sections', 'This form is too large. Shorten its texts, or use fewer links in them.')
  return version
}

const fingerprintOf = async (
  { text, documentUrl }: AgreementSection,
  documents: ReadonlyMap<string, string>,
) => ({
  text: await sha256(text),
  document: (documentUrl && documents.get(documentUrl)) || null,
})

/** Loaded with the first save: what starts cold to show a form need not know Markdown. */
async function renderer() {
  const { htmlOf } = await import('#web/form/markdown.ts')
  return (pointer: string, markdown: string) => {
    try {
      return htmlOf(markdown)
    } catch {
      // Thousands of quotes or lists within each other are more than a stack holds.
      throw refused(pointer, 'This text is nested too deeply. Use fewer levels of quotes and lists.')
    }
  }
}

const refused = (pointer: string, detail: string) => {
  const errors: FieldError[] = [{ pointer, detail }]
  return new AppError('invalid', { errors })
}
