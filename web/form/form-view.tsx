import type { GivenAnswer } from '#worker/submissions/schema.ts'
import { AgreementField } from './agreement-field.tsx'
import { Banner } from './banner.tsx'
import { nameOfAgreement, nameOfQuestion, type PublicDefinition, type PublicSection } from './definition.ts'
import { directionOf, ownWords } from './language.ts'
import { Prose } from './prose.tsx'
import { QuestionField } from './question-field.tsx'

/** What is wrong with an answer, as the server says it: `/answers/<questionId>` or `/agreements/<sectionId>`. */
export interface FormError {
  pointer: string
  detail: string
}

export interface FormViewProps {
  form: PublicDefinition
  /** Where it is posted to. */
  action: string
  token: string
  /** Whether another site shows it in a frame. */
  embed: boolean
  answers?: Record<string, GivenAnswer>
  /** Sections whose agreement was accepted. */
  accepted?: readonly string[]
  errors?: readonly FormError[]
  /** Turnstile's, where it tells people from programs. */
  siteKey?: string | undefined
}

/** The form as applicants see it: complete by itself, whether or not a script takes it over. */
export function FormView({
  form,
  action,
  token,
  embed,
  answers = {},
  accepted = [],
  errors = [],
  siteKey,
}: FormViewProps) {
  const { language, title, sections } = form
  const own = ownWords(language)
  const errorAt = (pointer: string) => errors.find((each) => each.pointer === pointer)?.detail
  return (
    <main lang={language} dir={directionOf(language)} data-embed={embed ? '' : undefined}>
      <Banner design={form.design} />
      <header>
        <h1>{title}</h1>
        {form.descriptionHtml && <Prose html={form.descriptionHtml} />}
      </header>
      <form action={action} method="post" noValidate>
        <ErrorSummary form={form} errors={errors} />
        {asksForSomething(sections) && (
          <p class="key" {...own}>
            <b aria-hidden="true">*</b> must be filled in
          </p>
        )}
        {sections.map((section) => (
          <section key={section.id} aria-labelledby={`t.${section.id}`}>
            {/* A section may have no title. */}
            <h2 id={`t.${section.id}`}>{section.title}</h2>
            {section.kind === 'agreement' ? (
              <AgreementField
                section={section}
                language={language}
                isAccepted={accepted.includes(section.id)}
                error={errorAt(`/agreements/${section.id}`)}
              />
            ) : (
              <>
                {section.description && <p class="plain">{section.description}</p>}
                {section.questions.map((question) => (
                  <QuestionField
                    key={question.id}
                    question={question}
                    language={language}
                    value={answers[question.id]}
                    error={errorAt(`/answers/${question.id}`)}
                  />
                ))}
              </>
            )}
          </section>
        ))}
        {/* People neither see it nor reach it; programs fill in whatever they find. */}
        <p class="trap" aria-hidden="true">
          <label>
            Leave this empty <input name="trap" tabIndex={-1} autocomplete="off" />
          </label>
        </p>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="key" value="" />
        {siteKey && <div id="check" class="cf-turnstile" data-sitekey={siteKey} />}
        <button type="submit">{form.submitLabel}</button>
        <p id="status" role="status" {...own} />
      </form>
      <Thanks form={form} hidden />
    </main>
  )
}

const asksForSomething = (sections: readonly PublicSection[]) =>
  sections.some(
    (section) => section.kind === 'agreement' || section.questions.some(({ required }) => required),
  )

/** What is shown once the server has stored an application. */
export function Thanks({ form, hidden }: { form: PublicDefinition; hidden?: boolean }) {
  return (
    <div id="thanks" class="outcome" tabIndex={-1} hidden={hidden}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="m5 12.5 4.5 4.5L19 7.5" />
      </svg>
      <p class="plain">{form.successMessage || 'Thank you. Your application has arrived.'}</p>
    </div>
  )
}

/** All that needs another look, each with the way to its field. It is there when empty, for the script to fill. */
function ErrorSummary({ form, errors }: { form: PublicDefinition; errors: readonly FormError[] }) {
  const places = placesOf(form.sections)
  return (
    <div id="errors" role="alert" tabIndex={-1} hidden={errors.length === 0}>
      <h2 {...ownWords(form.language)}>Some answers need another look</h2>
      <ul>
        {errors.map(({ pointer, detail }) => {
          const place = places.get(pointer)
          return (
            <li key={pointer}>
              {place ? (
                <a href={`#${place.id}`}>
                  {place.label}: <span {...ownWords(form.language)}>{detail}</span>
                </a>
              ) : (
                <span {...ownWords(form.language)}>{detail}</span>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Where each pointer leads, and what that place is called. */
function placesOf(sections: readonly PublicSection[]) {
  const places = new Map<string, { id: string; label: string }>()
  for (const section of sections) {
    if (section.kind === 'agreement')
      places.set(`/agreements/${section.id}`, { id: nameOfAgreement(section.id), label: section.title })
    else
      for (const { id, label } of section.questions)
        places.set(`/answers/${id}`, { id: nameOfQuestion(id), label })
  }
  return places
}
