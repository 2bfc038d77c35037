import { Check } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { moveBeside } from './place-beside.ts'
import './menu.css'

interface Props {
  /** Props for the button that opens the menu. A menu of many buttons goes without: they name its `id` by themselves. */
  trigger?: (props: { popovertarget: string; 'aria-haspopup': 'menu' }) => ComponentChildren
  id?: string
  /** The button that was pressed, where there are many. */
  pressed?: () => Element | null
  label: string
  /** Stands above the items, and is none of them. */
  header?: ComponentChildren
  children: ComponentChildren
}

const ITEMS = '[role^="menuitem"]'

/** A menu in the top layer. Arrows, Home, End and first letters move; Escape and a click elsewhere close it. */
export function Menu({ trigger, id: given, pressed, label, header, children }: Props) {
  const own = useId()
  const id = given ?? own
  const menu = useRef<HTMLDivElement>(null)
  const opened = (event: { newState: string }) => {
    const anchor = pressed ? pressed() : document.querySelector(`[popovertarget="${CSS.escape(id)}"]`)
    anchor?.setAttribute('aria-expanded', String(event.newState === 'open'))
    if (event.newState !== 'open' || !anchor || !menu.current) return
    moveBeside(anchor, menu.current)
    menu.current.querySelector<HTMLElement>(ITEMS)?.focus({ preventScroll: true })
  }
  const move = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>(ITEMS) ?? [])]
    const at = items.findIndex((item) => item.matches(':focus'))
    const next = nextItem(
      event.key,
      at,
      items.map((item) => item.textContent ?? ''),
    )
    if (event.key === 'Tab' || event.key === 'Escape') menu.current?.hidePopover()
    if (next === null && event.key !== 'Escape') return
    event.preventDefault()
    if (next !== null) items[next]?.focus()
  }
  // Before the item does its work: a dialog that it opens then gives the focus back to the menu's button.
  const chosen = (event: Event) => {
    const item = event.target instanceof Element && event.target.closest('[role="menuitem"]')
    if (item && item.getAttribute('aria-disabled') !== 'true') menu.current?.hidePopover()
  }
  return (
    <>
      {trigger?.({ popovertarget: id, 'aria-haspopup': 'menu' })}
      <div ref={menu} id={id} class="menu" popover="auto" onToggle={opened}>
        {header}
        <div role="menu" aria-label={label} onKeyDown={move} onClickCapture={chosen}>
          {children}
        </div>
      </div>
    </>
  )
}

/** The item that a key leads to from the one at `at`; null when the key means nothing to a menu. */
export function nextItem(key: string, at: number, labels: readonly string[]): number | null {
  const count = labels.length
  if (count === 0) return null
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at - 1 + count) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (key.length !== 1 || key === ' ') return null
  const order = labels.map((_, step) => (at + 1 + step) % count)
  return order.find((index) => labels[index]?.trim().toLowerCase().startsWith(key.toLowerCase())) ?? null
}

interface ItemProps {
  icon?: ComponentChildren
  tone?: 'red'
  /** Why it cannot be chosen now. */
  unavailable?: string | undefined
  onChoose: () => void
  children: ComponentChildren
}

export function MenuItem({ icon, tone, unavailable, onChoose, children }: ItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      data-tone={tone}
      aria-disabled={unavailable ? 'true' : undefined}
      data-tip={unavailable}
      onClick={() => !unavailable && onChoose()}
    >
      {icon}
      {children}
      {unavailable && <span class="sr-only">{`: ${unavailable}`}</span>}
    </button>
  )
}

/** Something that is on or off; the menu stays open. */
export function MenuCheck({
  checked,
  onChoose,
  children,
}: { checked: boolean } & Pick<ItemProps, 'onChoose' | 'children'>) {
  return (
    <button type="button" role="menuitemcheckbox" tabIndex={-1} aria-checked={checked} onClick={onChoose}>
      <span class="tick" data-on={checked || undefined}>
        {checked && <Check size={11} stroke-width={3} aria-hidden="true" />}
      </span>
      {children}
    </button>
  )
}

/** One of several choices; choosing leaves the menu open, so that one sees what it does. */
export function MenuChoice({
  checked,
  onChoose,
  children,
}: { checked: boolean } & Pick<ItemProps, 'onChoose' | 'children'>) {
  return (
    <button type="button" role="menuitemradio" tabIndex={-1} aria-checked={checked} onClick={onChoose}>
      <Check size={15} aria-hidden="true" class={checked ? undefined : 'unseen'} />
      {children}
    </button>
  )
}
