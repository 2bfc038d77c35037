import { nameOfAgreement, type PublicAgreement } from './definition.ts'
import { ownWords } from './language.ts'
import { Prose } from './prose.tsx'

/** Longer texts scroll in a frame of their own, so that the form stays in sight. */
const SHORT = 600

/** What has to be accepted, with its document. */
export function AgreementField({
  section: { id, title, html, documentUrl },
  language,
  isAccepted,
  error,
}: {
  section: PublicAgreement
  language: string
  isAccepted: boolean
  error: string | undefined
}) {
  const name = nameOfAgreement(id)
  const own = ownWords(language)
  const scrolls =
    html.length > SHORT ? { tabIndex: 0, role: 'region' as const, 'aria-labelledby': `t.${id}` } : {}
  return (
    <div class="field">
      {html && (
        <div class="terms" {...scrolls}>
          <Prose html={html} />
        </div>
      )}
      {documentUrl && (
        <p>
          <a href={documentUrl} target="_blank" rel="noopener" {...own}>
            Read the document (PDF)<span class="unseen" lang={language}>{`: ${title}`}</span>
          </a>
        </p>
      )}
      <label class="choice">
        <input
          type="checkbox"
          id={name}
          name={name}
          value="on"
          required
          checked={isAccepted}
          aria-invalid={error ? true : undefined}
          aria-describedby={`e.${name}`}
        />
        <span>
          <span {...own}>I accept</span>
          <span class="unseen">{` ${title}`}</span> <b aria-hidden="true">*</b>
        </span>
      </label>
      <p class="error" id={`e.${name}`} {...own}>
        {error}
      </p>
    </div>
  )
}
