import { useEffect, useRef } from 'preact/hooks'
import { moveBeside } from './place-beside.ts'
import './tips.css'

const SHOW_AFTER_MS = 350
const HIDE_AFTER_MS = 120

/**
 * One tooltip for everything that carries `data-tip`, on hover and on keyboard focus. It repeats what assistive
 * technology already knows by name or description, so it is hidden from it; Escape hides it.
 */
export function Tips() {
  const tip = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = tip.current
    return box ? listen(box) : undefined
  }, [])
  return <div ref={tip} class="tip" popover="manual" aria-hidden="true" />
}

function listen(box: HTMLElement) {
  const stop = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let owner: Element | null = null
  const hide = () => {
    owner = null
    box.hidePopover()
  }
  const show = () => {
    const text = owner?.getAttribute('data-tip')
    if (!(owner?.isConnected && text)) return hide()
    box.textContent = text
    box.hidePopover()
    box.showPopover()
    moveBeside(owner, box)
  }
  const aim = (event: Event, delay: number) => {
    const { target } = event
    if (!(target instanceof Element) || box.contains(target)) return clearTimeout(timer)
    const next = target.closest('[data-tip]')
    if (next === owner) return
    clearTimeout(timer)
    owner = next
    timer = next ? setTimeout(show, delay) : setTimeout(hide, HIDE_AFTER_MS)
  }
  const options = { signal: stop.signal, passive: true, capture: true }
  document.addEventListener('pointerover', (event) => aim(event, SHOW_AFTER_MS), options)
  document.addEventListener('focusin', (event) => isByKeyboard(event) && aim(event, 0), options)
  // Pressing what cannot be used says why, where nothing hovers and a press gives no visible focus.
  document.addEventListener('click', (event) => isUnavailable(event) && aim(event, 0), options)
  document.addEventListener('focusout', () => hide(), options)
  document.addEventListener('pointerdown', () => hide(), options)
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide(), options)
  document.addEventListener('scroll', () => hide(), options)
  return () => {
    clearTimeout(timer)
    stop.abort()
  }
}

const isUnavailable = ({ target }: Event) =>
  target instanceof Element && target.closest('[data-tip][aria-disabled="true"]') !== null

const isByKeyboard = ({ target }: Event) => target instanceof Element && target.matches(':focus-visible')
