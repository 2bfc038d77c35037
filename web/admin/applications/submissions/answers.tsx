import { formatMoment } from '#web/format.ts'
import type { Submission } from '#worker/submissions/schema.ts'

type Answer = Submission['answers'][number]

/** What was asked and answered, in the words that the applicant saw. */
export function Answers({ submission: { answers } }: { submission: Submission }) {
  const sections = Map.groupBy(answers, ({ section }) => section)
  return (
    <>
      {[...sections].map(([title, asked]) => (
        <section key={title}>
          <h3>{title || 'Answers'}</h3>
          <dl class="answers">
            {asked.map((answer) => (
              <div key={answer.questionId}>
                <dt>{answer.label}</dt>
                <dd>
                  <AnswerText {...answer} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  )
}

function AnswerText({ type, display }: Answer) {
  if (display === '') return <span class="muted">No answer</span>
  if (type === 'email') return <a href={`mailto:${display}`}>{display}</a>
  if (type === 'url' && isWebAddress(display))
    return (
      <a href={display} target="_blank" rel="noopener noreferrer nofollow">
        {display}
        <span class="sr-only"> (opens a new tab)</span>
      </a>
    )
  return <span class="prose">{display}</span>
}

/** Applicants write what they want; only what leads to a web page becomes a link. */
const isWebAddress = (text: string) => /^https?:$/.test(URL.parse(text)?.protocol ?? '')

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' })
const countryName = (code: string) => (/^[A-Z]{2}$/.test(code) ? COUNTRIES.of(code) : code)

/** What was agreed to, with what proves it. */
export function Agreements({ submission: { agreements } }: { submission: Submission }) {
  if (agreements.length === 0) return null
  return (
    <section>
      <h3>Agreements</h3>
      <ul class="agreements">
        {agreements.map(
          ({ sectionId, title, text, sha256, documentUrl, documentSha256, acceptedAt, country }) => (
            <li key={sectionId}>
              <p>
                <strong>{title}</strong>{' '}
                <span class="muted">
                  accepted {formatMoment(acceptedAt)}
                  {country && ` from ${countryName(country)}`}
                </span>
              </p>
              <details>
                <summary>Text and fingerprint</summary>
                <p class="prose">{text}</p>
                <Fingerprint of="text" sha256={sha256} />
                {documentUrl && (
                  <p>
                    <a href={documentUrl}>Document (PDF)</a>
                  </p>
                )}
                {documentSha256 && <Fingerprint of="document" sha256={documentSha256} />}
              </details>
            </li>
          ),
        )}
      </ul>
    </section>
  )
}

const Fingerprint = ({ of, sha256 }: { of: string; sha256: string }) => (
  <p class="fingerprint muted">
    SHA-256 of the {of}: <code>{sha256}</code>
  </p>
)
