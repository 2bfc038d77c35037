import { useMemo } from 'preact/hooks'
import { canonicalLanguage, languageName, languageOptions } from '#web/admin/partners/edit/languages.ts'
import { readList, writeList } from '#web/admin/partners/edit/lists.ts'
import { SUBTYPES } from '#web/admin/partners/edit/subtypes.ts'
import { ChipsField } from '#web/ui/chips-field.tsx'
import type { Option } from '#web/ui/select-field.tsx'
import type { BoundField } from '#web/ui/use-form.ts'
import {
  CATEGORY_LABELS,
  INDUSTRY_LABELS,
  PARTNER_TYPES,
  REGION_LABELS,
  TYPE_LABELS,
} from '#worker/partners/terms.ts'
import { TECHNOLOGY_LABELS } from '#worker/signals/terms.ts'
import type { RuleField, RuleValues, Wish } from './rules.ts'

const options = (labels: Record<string, string>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

interface WishLook {
  label: string
  placeholder: string
  hint?: string
  options: readonly Option[]
}

const WISH_LOOKS: Record<Exclude<Wish, 'subtypes' | 'languages'>, WishLook> = {
  types: { label: 'Types', placeholder: 'Any type', options: options(TYPE_LABELS) },
  categories: { label: 'Categories', placeholder: 'Any category', options: options(CATEGORY_LABELS) },
  industries: { label: 'Industries', placeholder: 'Any industry', options: options(INDUSTRY_LABELS) },
  regions: { label: 'Primary regions', placeholder: 'Any region', options: options(REGION_LABELS) },
  technologies: {
    label: 'Technologies seen',
    placeholder: 'Any technology',
    hint: 'Products whose traces a company’s domain shows the public.',
    options: options(TECHNOLOGY_LABELS),
  },
}

interface Props {
  field: (name: RuleField) => BoundField
  values: RuleValues
}

/** Whom the organisation looks for. */
export function IdealCard({ field, values }: Props) {
  const languages = useMemo(languageOptions, [])
  const chips = (wish: Wish) => {
    const { value, set, error } = field(`idealPartner/${wish}`)
    return {
      optional: 'unsaid' as const,
      error,
      values: readList(value),
      setValues: (list: string[]) => set(writeList(list)),
    }
  }
  const offered = (wish: keyof typeof WISH_LOOKS) => (
    <ChipsField
      {...chips(wish)}
      {...WISH_LOOKS[wish]}
      accept={(typed) => named(WISH_LOOKS[wish].options, typed)}
      refusal="Choose one that is offered."
    />
  )
  const subtypes = subtypesFor(readList(values['idealPartner/types']))
  return (
    <section class="card" aria-labelledby="ideal">
      <h2 id="ideal">Your ideal partner</h2>
      <p class="muted">
        Fit compares every partner with this. What you leave empty is not asked for: it counts neither for nor
        against anybody.
      </p>
      <div class="wishes">
        {offered('types')}
        <ChipsField
          {...chips('subtypes')}
          label="Subtypes"
          options={subtypes}
          accept={(typed) => named(subtypes, typed) ?? typed}
          refusal=""
          placeholder="Any subtype"
        />
        {offered('industries')}
        {offered('categories')}
        {offered('regions')}
        <ChipsField
          {...chips('languages')}
          label="Languages"
          options={languages}
          accept={(typed) => named(languages, typed) ?? canonicalLanguage(typed)}
          refusal="Choose a language, or type its code, such as de or pt-BR."
          placeholder="Any language"
          read={languageName}
        />
        <div class="wide">{offered('technologies')}</div>
      </div>
    </section>
  )
}

const named = (offered: readonly Option[], typed: string) =>
  offered.find(({ label }) => label.toLowerCase() === typed.toLowerCase())?.value ?? null

/** Of the types that are looked for, or of all. */
const subtypesFor = (types: readonly string[]): Option[] =>
  PARTNER_TYPES.filter((type) => types.length === 0 || types.includes(type)).flatMap((type) =>
    SUBTYPES[type].map((value) => ({ value, label: value })),
  )
