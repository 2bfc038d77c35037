import { useMemo } from 'preact/hooks'
import { htmlOf } from '#web/form/markdown.ts'
import { Prose } from '#web/form/prose.tsx'
import './markdown.css'

export function MarkdownView({ text }: { text: string }) {
  const html = useMemo(() => htmlOf(text), [text])
  return (
    <div class="markdown">
      <Prose html={html} />
    </div>
  )
}
