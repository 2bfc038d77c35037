import { Check, Copy } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { Button, IconButton } from '#web/ui/button.tsx'

interface Props {
  text: string
  /** What is copied: "Copy the address". */
  label: string
  /** Shown as words; without, as a picture. */
  words?: string
}

const SAID_MS = 2_500

/** Copies a text, and says so. */
export function CopyButton({ text, label, words }: Props) {
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
      {words ? (
        <Button aria-label={label} onClick={copy}>
          <Icon size={14} aria-hidden="true" />
          {said || words}
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
