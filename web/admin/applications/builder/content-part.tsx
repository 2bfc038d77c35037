import { ComboField } from '#web/ui/combo-field.tsx'
import { LongTextField, TextField } from '#web/ui/text-field.tsx'
import type { Content } from '#worker/applications/schema.ts'
import { MARKDOWN_HINT } from './markdown-hint.ts'
import type { BuilderState } from './use-builder.ts'

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt-BR', 'sv', 'pl', 'ja', 'zh-Hans', 'ar', 'he']

/** What the page says besides its questions. */
export function ContentPart({ builder }: { builder: BuilderState }) {
  const { draft, refusal } = builder
  const text = (name: keyof Content) =>
    builder.bind(`content/${name}`, draft.content[name], (value) =>
      builder.change(`content/${name}`, (now) => ({ ...now, content: { ...now.content, [name]: value } })),
    )
  const { language } = draft.content
  return (
    <fieldset class="part-fields" disabled={refusal !== undefined}>
      <TextField {...text('title')} label="Title of the page" autocomplete="off" />
      <LongTextField {...text('description')} label="Description" hint={MARKDOWN_HINT} optional />
      <TextField
        {...text('submitLabel')}
        label="Button that sends it"
        placeholder="Send application"
        autocomplete="off"
      />
      <LongTextField
        {...text('successMessage')}
        label="Message once it has arrived"
        hint="What happens next, and when they will hear from you."
        optional
      />
      <ComboField
        {...text('language')}
        label="Language"
        hint={languageWords(language)}
        suggestions={LANGUAGES}
      />
    </fieldset>
  )
}

/** What a code stands for, so that a slip is seen. */
function languageWords(code: string): string {
  const more =
    'The language that your questions are in. It tells browsers how to read them aloud, and from which side.'
  try {
    const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(code)
    return name && name !== code ? `${name}. ${more}` : more
  } catch {
    return more
  }
}
