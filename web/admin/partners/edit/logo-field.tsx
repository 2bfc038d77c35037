import { ImageUp, Trash2 } from 'lucide-preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { usePartnerChanges } from '#web/admin/partners/use-partner-changes.ts'
import { reasonOf } from '#web/reason-of.ts'
import { Avatar } from '#web/ui/avatar.tsx'
import { Button } from '#web/ui/button.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Partner } from '#worker/partners/schema.ts'
import { LOGO_TYPES, removeLogo, uploadLogo, wrongWithLogo } from './logo.ts'

/** The logo is saved by itself, as soon as it is chosen. */
export function LogoField({ partner }: { partner: Partner }) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { preview, share, error, choose, remove, stop } = useLogo(partner)
  const isSending = share !== null
  return (
    <fieldset class="field logo-field" aria-describedby={`${id}-hint`}>
      <legend>Logo</legend>
      <Avatar name={partner.name} imageUrl={preview ?? partner.logoUrl} size="xl" />
      <div class="logo-actions">
        <input
          ref={input}
          class="sr-only"
          type="file"
          tabIndex={-1}
          aria-label="Logo file"
          accept={LOGO_TYPES}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0]
            // The same file can be chosen again after an error.
            currentTarget.value = ''
            if (file) void choose(file)
          }}
        />
        <Button
          busy={isSending}
          aria-invalid={error ? 'true' : undefined}
          onClick={() => input.current?.click()}
        >
          {!isSending && <ImageUp size={14} aria-hidden="true" />}
          {partner.logoUrl ? 'Replace' : 'Upload'}
        </Button>
        {isSending && <Button onClick={stop}>Stop</Button>}
        {partner.logoUrl && !isSending && (
          <Button look="plain" onClick={() => void remove()}>
            <Trash2 size={14} aria-hidden="true" />
            Remove
          </Button>
        )}
      </div>
      {isSending && <progress value={share} aria-label="Upload" />}
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <p id={`${id}-hint`} class="hint">
        PNG, JPEG, WebP or GIF, 2 MiB at most; shown as a square. Saved at once.
      </p>
    </fieldset>
  )
}

function useLogo({ id, name }: Partner) {
  const { readNow } = usePartnerChanges(id)
  const [preview, setPreview] = useState<string | null>(null)
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState('')
  const sending = useRef<AbortController | null>(null)
  useEffect(() => () => sending.current?.abort(), [])

  /** Runs a change, and then shows what the server has. */
  const run = async (change: () => Promise<unknown>, said: string) => {
    setError('')
    try {
      await change()
      await readNow()
      toast({ text: said })
    } catch (failure) {
      if (!(failure instanceof DOMException && failure.name === 'AbortError')) setError(reasonOf(failure))
    }
  }
  const choose = async (file: File) => {
    const wrong = await wrongWithLogo(file)
    if (wrong) return setError(wrong)
    const url = URL.createObjectURL(file)
    const controller = new AbortController()
    sending.current = controller
    setPreview(url)
    setShare(0)
    await run(() => uploadLogo(id, file, setShare, controller.signal), `The logo of ${name} is saved.`)
    setShare(null)
    setPreview(null)
    URL.revokeObjectURL(url)
  }
  const remove = () => run(() => removeLogo(id), `The logo of ${name} is removed.`)
  return { preview, share, error, choose, remove, stop: () => sending.current?.abort() }
}
