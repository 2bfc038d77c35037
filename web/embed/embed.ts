// `<script async src="https://…/embed.js" data-form="slug">` shows a form in the place where it stands, in a frame that is
// as high as the form. Imports nothing, keeps nothing, reads nothing of the page around it but its colour scheme.
{
  const script = document.currentScript
  const { form, title, target, ...data } = script instanceof HTMLScriptElement ? script.dataset : {}
  const HEIGHT_MIN = 120
  const HEIGHT_MAX = 20_000

  /** Wins over whatever the page's own sheets say. */
  const style = (element: HTMLElement, rules: Record<string, string>) => {
    for (const name in rules) element.style.setProperty(name, rules[name] ?? '', 'important')
  }

  if (script instanceof HTMLScriptElement && form) {
    const { origin } = new URL(script.src)
    const box = document.createElement('div')
    const frame = document.createElement('iframe')
    const known = new URLSearchParams()
    for (const name in data)
      if (name.startsWith('prefill')) known.set(name.slice(7).toLowerCase(), data[name] ?? '')

    const tell = (name: string, height?: number) =>
      box.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { form, height } }))
    addEventListener('message', ({ source, origin: from, data: message }) => {
      if (source !== frame.contentWindow || from !== origin) return
      const { type, height } = Object(message)
      if (type === 'entente:height' && height > 0) {
        const fitting = Math.round(Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, height)))
        style(frame, { height: `${fitting}px` })
        tell(type, fitting)
      } else if (type === 'entente:ready' || type === 'entente:submitted') {
        // What came instead of the form may be far above.
        if (type === 'entente:submitted' && frame.getBoundingClientRect().top < 0) frame.scrollIntoView()
        tell(type)
      }
    })

    const reset = { all: 'initial', display: 'block', width: '100%' }
    style(box, reset)
    style(frame, { ...reset, border: '0', height: '600px' })
    const place = target && document.querySelector(target)
    if (place) place.append(box)
    else script.after(box)
    // A page that is only light would look broken around a dark form.
    if (!/dark/.test(getComputedStyle(box.parentElement ?? box).colorScheme)) known.set('theme', 'light')
    frame.title = title || 'Application form'
    frame.loading = 'lazy'
    frame.src = `${origin}/apply/${encodeURIComponent(form)}?embed=1#${known}`
    box.append(frame)
  }
}
