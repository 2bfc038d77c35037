import type { ComponentProps } from 'preact'
import { useState } from 'preact/hooks'
import { ChipsField } from '#web/ui/chips-field.tsx'
import { useTags } from './tags.ts'

const TAG_MAX = 50

type Props = Omit<ComponentProps<typeof ChipsField>, 'options' | 'accept' | 'refusal' | 'onType'>

/** Free words; those that other partners have are suggested, so that one tag is not spelled in two ways. */
export function TagsField(props: Props) {
  const [typed, setTyped] = useState('')
  const { items } = useTags(typed)
  return (
    <ChipsField
      {...props}
      options={items.map(({ tag }) => ({ value: tag, label: tag }))}
      accept={(text) => (text.length <= TAG_MAX ? text : null)}
      refusal={`Enter a tag of up to ${TAG_MAX} characters.`}
      onType={setTyped}
    />
  )
}
