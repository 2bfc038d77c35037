import { Menu as MenuIcon } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { ADMIN } from '#web/account/realm.ts'
import { Brand } from '#web/brand.tsx'
import { useMe } from '#web/me.ts'
import { IconButton } from '#web/ui/button.tsx'
import { deferred } from '#web/ui/deferred.tsx'
import { useChord, useHotkeys } from '#web/ui/hotkeys.ts'
import { useMedia } from '#web/ui/use-media.ts'
import { useOnline } from '#web/ui/use-online.ts'
import { Sidebar } from './sidebar.tsx'
import './shell.css'

const Modal = deferred(async () => (await import('#web/ui/modal.tsx')).Modal)
const StrangerPage = deferred(async () => (await import('#web/account/stranger-page.tsx')).StrangerPage)
const KeysDialog = deferred(async () => (await import('./keys-dialog.tsx')).KeysDialog)
const CommandPalette = deferred(
  async () => (await import('#web/admin/palette/command-palette.tsx')).CommandPalette,
)
const Checklist = deferred(async () => (await import('#web/admin/checklist/checklist.tsx')).Checklist)

const PREFETCH_AFTER_MS = 2_000

/** What stands around every page of the vendor's side: a sidebar, or on narrow screens a bar that opens it. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { data: me } = useMe()
  const online = useOnline()
  const narrow = useMedia('(width < 52rem)')
  const [keysShown, showKeys] = useState(false)
  const [finding, setFinding] = useState(false)
  useHotkeys({ '?': () => showKeys(true) })
  useChord('k', () => setFinding(true))
  useEffect(() => {
    // At hand without a connection, too, and out of the way of what the page itself needs.
    const timer = setTimeout(() => {
      CommandPalette.prefetch()
      KeysDialog.prefetch()
    }, PREFETCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  if (me && !me.organization) return <StrangerPage me={me} realm={ADMIN} />
  const checklist = me && <Checklist me={me} narrow={narrow} />
  const sidebar = (
    <Sidebar me={me} onFind={() => setFinding(true)} onShowKeys={() => showKeys(true)}>
      {!narrow && checklist}
    </Sidebar>
  )
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      {narrow ? <TopBar name={me?.organization?.name ?? ''}>{sidebar}</TopBar> : sidebar}
      {narrow && checklist}
      {!online && (
        <p class="offline" role="status">
          You are offline. What you see may be out of date.
        </p>
      )}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {finding && <CommandPalette onShowKeys={() => showKeys(true)} onClose={() => setFinding(false)} />}
      {keysShown && <KeysDialog onClose={() => showKeys(false)} />}
    </div>
  )
}

function TopBar({ name, children }: { name: string; children: ComponentChildren }) {
  const { url } = useLocation()
  const [open, setOpen] = useState(false)
  useEffect(Modal.prefetch, [])
  useEffect(() => {
    // Arriving anywhere closes it.
    if (url) setOpen(false)
  }, [url])
  return (
    <header class="topbar">
      <IconButton label="Open navigation" onClick={() => setOpen(true)}>
        <MenuIcon size={18} aria-hidden="true" />
      </IconButton>
      <Brand />
      <span class="truncate">{name}</span>
      {open && (
        <Modal kind="side" title="Navigation" titleHidden onClose={() => setOpen(false)}>
          {children}
        </Modal>
      )}
    </header>
  )
}
