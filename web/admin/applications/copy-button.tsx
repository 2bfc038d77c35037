import { Check, Copy } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { Button, IconButton } from '#web/ui/button.tsx'

interface Props {
  text: string
  /** What it does: "Copy the address". */
  label: string
  /** Whether that is shown in words; else as a picture. */
  inWords?: boolean
}

const SAID_MS = 2_500

/** Copies a text, and says so. */
export function CopyButton({ text, label, inWords }: Props) {
  const [said, say] = useState('')
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(say, SAID_MS, '')
    return () => clearTimeout(timer)
  }, [said])
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => say('Copied'),
      () => say('Not copied: select it and copy it by hand'),
    )
  const Icon = said === 'Copied' ? Check : Copy
  return (
    <>
      {inWords ? (
        <Button onClick={copy}>
          <Icon size={14} aria-hidden="true" />
          {said || label}
        </Button>
      ) : (
        <IconButton label={said || label} onClick={copy}>
          <Icon size={14} aria-hidden="true" />
        </IconButton>
      )}
      <span class="sr-only" role="status">
        {said}
      </span>
    </>
  )
}
