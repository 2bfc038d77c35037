import '#web/ui/pills.css'
import type { BuilderState, ShownPart } from './use-builder.ts'
import '#web/ui/segments.css'
import { builderPartOf } from './faults.ts'

const LABELS: Record<ShownPart, string> = {
  questions: 'Questions',
  design: 'Design',
  content: 'Content',
  share: 'Share',
  notifications: 'Notifications',
  preview: 'Preview',
}

interface Props {
  builder: BuilderState
  /** The preview stands beside it all. */
  wide: boolean
}

/** Leads to the parts of the builder, each with an address; a mark says where something is missing. */
export function PartNav({ builder: { part, form, problems, faults, show }, wide }: Props) {
  const places = [...problems.map(({ place }) => place), ...Object.keys(faults)]
  const marked = new Set(places.map(builderPartOf))
  const shown: ShownPart[] = ['questions', 'design', 'content', 'share', 'notifications']
  if (!wide) shown.push('preview')
  const current = wide && part === 'preview' ? 'questions' : part
  return (
    <nav class="pills" aria-label="Parts of the form">
      {shown.map((one) => (
        <a
          key={one}
          href={`/partners/applications/${form.id}?part=${one}`}
          aria-current={one === current ? 'page' : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
            event.preventDefault()
            // The router would follow the link as well.
            event.stopPropagation()
            show(one)
          }}
        >
          {LABELS[one]}
          {one !== 'preview' && marked.has(one) && (
            <span class="part-mark">
              <span class="sr-only">, with problems</span>
            </span>
          )}
        </a>
      ))}
    </nav>
  )
}
