import type { ComponentProps } from 'preact'
import { useState } from 'preact/hooks'
import { useTags } from '#web/admin/partners/tags.ts'
import { ChipsField } from '#web/ui/chips-field.tsx'

type Props = Omit<
  ComponentProps<typeof ChipsField>,
  'options' | 'accept' | 'refusal' | 'placeholder' | 'onType'
>

/** Free words; those that other partners have are suggested, so that one tag is not spelled in two ways. */
export function TagsField(props: Props) {
  const [typed, setTyped] = useState('')
  const { items } = useTags(typed)
  return (
    <ChipsField
      {...props}
      options={items.map(({ tag }) => ({ value: tag, label: tag }))}
      accept={(text) => text}
      refusal=""
      placeholder="Type a tag, then Enter…"
      onType={setTyped}
    />
  )
}
