import { Send } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { sendTest } from '#web/admin/applications/forms-queries.ts'
import { reasonOf } from '#web/reason-of.ts'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'
import type { AlertChannel } from '#worker/applications/terms.ts'
import type { BuilderState } from './use-builder.ts'

interface Props {
  builder: BuilderState
  channel: AlertChannel
  unavailable?: string | undefined
}

const LABELS: Record<AlertChannel, string> = { email: 'Send a test e-mail', slack: 'Send a test to Slack' }

/** Does the real thing, and shows what the provider really answered. */
export function TestButton({ builder, channel, unavailable }: Props) {
  const { form, changed } = builder
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<{ ok: boolean; detail: string } | null>(null)
  const unsaved = changed.includes('notifications')
    ? 'Save first: the test goes to what is saved.'
    : undefined
  const send = async () => {
    setBusy(true)
    setResult(null)
    try {
      setResult(await sendTest(form.id, channel))
    } catch (error) {
      setResult({ ok: false, detail: reasonOf(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="test">
      <Button busy={busy} unavailable={unsaved ?? unavailable} onClick={() => void send()}>
        {!busy && <Send size={14} aria-hidden="true" />}
        {LABELS[channel]}
      </Button>
      <div role="status">{result && <Notice tone={result.ok ? 'green' : 'red'}>{result.detail}</Notice>}</div>
    </div>
  )
}
