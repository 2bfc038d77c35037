import { h, type RefObject, render } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { definitionOf } from '#web/form/definition.ts'
import { designCss } from '#web/form/design.ts'
import formCss from '#web/form/form.css?inline'
import { FormView } from '#web/form/form-view.tsx'
import { htmlOf } from '#web/form/markdown.ts'
import type { Content, Design, Section } from '#worker/applications/schema.ts'

interface Shown {
  content: Content
  design: Design
  sections: Section[]
}

/** Long enough for the fingers to come first, and too short to be waited for. */
const SOON_MS = 80

/**
 * Draws the public form into a frame of its own, so that its styles and ours do not meet, and scales it to the room that
 * there is. What is drawn anew keeps its place. `onSend` hears of what would leave the page, which stays.
 */
export function useFrame(
  frame: RefObject<HTMLIFrameElement | null>,
  stage: RefObject<HTMLDivElement | null>,
  width: number,
  shown: Shown,
  onSend: () => void,
) {
  const sheet = useRef<CSSStyleSheet | null>(null)
  const sent = useRef(onSend)
  sent.current = onSend
  useEffect(() => {
    const page = frame.current?.contentDocument
    if (!page?.defaultView) return
    const { CSSStyleSheet } = page.defaultView
    const [base, design] = [new CSSStyleSheet(), new CSSStyleSheet()]
    base.replaceSync(formCss)
    // Elements take sheets alone: the page's policy forbids styles that are written into it.
    page.adoptedStyleSheets = [base, design]
    sheet.current = design
    const stay = (event: Event) => {
      if (event.type === 'click' && !isOnLink(event)) return
      event.preventDefault()
      sent.current()
    }
    page.addEventListener('submit', stay)
    page.addEventListener('click', stay)
    return () => {
      render(null, page.body)
      page.removeEventListener('submit', stay)
      page.removeEventListener('click', stay)
    }
  }, [frame])
  useDrawing(frame, sheet, shown)
  useScale(frame, stage, width)
}

/** Classes of another window are not ours, so a link is known by its name. */
const isOnLink = (event: Event) =>
  event.composedPath().some((node) => 'tagName' in node && node.tagName === 'A')

function useDrawing(
  frame: RefObject<HTMLIFrameElement | null>,
  sheet: RefObject<CSSStyleSheet | null>,
  shown: Shown,
) {
  const text = JSON.stringify(shown)
  const latest = useRef(shown)
  latest.current = shown
  const drawn = useRef('')
  useEffect(() => {
    const draw = () => {
      const page = frame.current?.contentDocument
      if (!page) return
      sheet.current?.replaceSync(designCss(latest.current.design))
      page.documentElement.lang = latest.current.content.language
      render(h(FormView, { form: formOf(latest.current), action: '', token: '', embed: false }), page.body)
      drawn.current = text
    }
    const timer = setTimeout(draw, drawn.current === '' ? 0 : SOON_MS)
    return () => clearTimeout(timer)
  }, [frame, sheet, text])
}

function formOf({ content, design, sections }: Shown) {
  const agreements = sections.flatMap((section) =>
    section.kind === 'agreement' ? [[section.id, htmlOf(section.text)] as const] : [],
  )
  return definitionOf({
    content: { ...content, submitLabel: content.submitLabel || 'Send' },
    design,
    sections,
    html: { description: htmlOf(content.description), agreements: Object.fromEntries(agreements) },
  })
}

/** A frame as wide as a device, made smaller where there is less room. */
function useScale(
  frame: RefObject<HTMLIFrameElement | null>,
  stage: RefObject<HTMLDivElement | null>,
  width: number,
) {
  useEffect(() => {
    const [box, view] = [stage.current, frame.current]
    if (!box || !view) return
    const rescale = () => {
      const scale = Math.min(1, box.clientWidth / width)
      Object.assign(view.style, {
        width: `${width}px`,
        height: `${box.clientHeight / scale}px`,
        scale: String(scale),
        marginInlineStart: `${Math.max(0, (box.clientWidth - width * scale) / 2)}px`,
      })
    }
    const resized = new ResizeObserver(rescale)
    resized.observe(box)
    rescale()
    return () => resized.disconnect()
  }, [frame, stage, width])
}
