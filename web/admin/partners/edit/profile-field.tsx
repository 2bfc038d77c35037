import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { TagsField } from '#web/admin/partners/tags-field.tsx'
import { ChipsField } from '#web/ui/chips-field.tsx'
import { ComboField } from '#web/ui/combo-field.tsx'
import type { FieldProps } from '#web/ui/field.tsx'
import { ScaleField } from '#web/ui/scale-field.tsx'
import { type Option, SelectField } from '#web/ui/select-field.tsx'
import { LongTextField, TextField } from '#web/ui/text-field.tsx'
import type { BoundField } from '#web/ui/use-form.ts'
import { PARTNER_TYPES } from '#worker/partners/terms.ts'
import { type Control, type FieldName, fieldOf } from './fields.ts'
import { canonicalLanguage, languageName, languageOptions } from './languages.ts'
import { readList, writeList } from './lists.ts'
import { StakeholdersField } from './stakeholders-field.tsx'
import { SUBTYPES } from './subtypes.ts'
import { TierField } from './tier-field.tsx'
import type { Values } from './values.ts'

/** What controls offer that is the organisation's own. */
export interface Offers {
  lookups: Partial<Record<FieldName, readonly Option[]>>
  /** Why a lookup is empty. */
  failed: string | undefined
  /** What is said beside the tier. */
  tierNote: string
}

interface Props {
  name: FieldName
  bound: BoundField
  values: Values
  offers: Offers
  /** Says more than the sentence of an error of a line. */
  note: ComponentChildren
}

/** The control of a field, as the table of fields asks for it. */
export function ProfileFieldControl({ name, bound, values, offers, note }: Props) {
  const { label, hint, required, control } = fieldOf(name)
  const shared = { label, hint, optional: required === undefined ? ('unsaid' as const) : false, ...bound }
  switch (control.kind) {
    case 'line':
      return (
        <TextField
          {...shared}
          error={bound.error && note ? note : bound.error}
          autocomplete="off"
          placeholder={control.placeholder ?? ''}
          spellcheck={control.inputmode === undefined}
          {...(control.inputmode ? { inputmode: control.inputmode } : {})}
        />
      )
    case 'select':
      return <SelectField {...shared} empty={control.empty} options={control.options} />
    case 'lookup':
      return (
        <SelectField
          {...shared}
          hint={offers.failed ?? hint}
          empty={control.empty}
          options={offers.lookups[name] ?? []}
        />
      )
    case 'subtype':
      return <ComboField {...shared} suggestions={subtypesFor(values.type)} />
    case 'scale':
      return <ScaleField {...bound} label={label} hint={hint} ends={control.ends} />
    case 'paragraph':
      return <LongTextField {...shared} />
    case 'people':
      return <StakeholdersField {...bound} label={label} />
    case 'tier':
      return <TierField {...shared} options={offers.lookups.tier ?? []} note={offers.tierNote} />
    default:
      return <ListField {...shared} control={control} />
  }
}

const subtypesFor = (type: string) => {
  const known = PARTNER_TYPES.find((one) => one === type)
  return known ? SUBTYPES[known] : []
}

interface ListProps extends BoundField {
  label: string
  hint: string | undefined
  optional: FieldProps['optional']
  control: Extract<Control, { kind: 'several' | 'languages' | 'tags' }>
}

function ListField({ control, value, set, ...rest }: ListProps) {
  const languages = useMemo(languageOptions, [])
  const shared = {
    ...rest,
    values: readList(value),
    setValues: (values: string[]) => set(writeList(values)),
  }
  if (control.kind === 'tags') return <TagsField {...shared} placeholder="Type a tag, then Enter…" />
  const options = control.kind === 'languages' ? languages : control.options
  const known = (typed: string) =>
    options.find(({ label }) => label.toLowerCase() === typed.toLowerCase())?.value ?? null
  if (control.kind === 'languages')
    return (
      <ChipsField
        {...shared}
        options={options}
        accept={(typed) => known(typed) ?? canonicalLanguage(typed)}
        refusal="Choose a language, or type its code, such as de or pt-BR."
        placeholder="Add a language…"
        read={languageName}
      />
    )
  return (
    <ChipsField
      {...shared}
      options={options}
      accept={known}
      refusal="Choose one that is offered."
      placeholder={control.empty}
    />
  )
}
