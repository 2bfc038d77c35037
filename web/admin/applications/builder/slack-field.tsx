import { useState } from 'preact/hooks'
import { explain, isProblem } from '#web/problem.ts'
import { reasonOf } from '#web/reason-of.ts'
import { Button } from '#web/ui/button.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { BuilderState } from './use-builder.ts'

/**
 * The webhook of a channel. Whoever knows its address can write there, so it is sent as soon as it is entered, kept by
 * the server alone, and never shown again.
 */
export function SlackField({ builder }: { builder: BuilderState }) {
  const { form, basis, changes, isBehind } = builder
  const [typed, setTyped] = useState('')
  const [error, setError] = useState('')
  const [busy, setBusy] = useState(false)
  const [shown, show] = useState<'field' | 'question' | null>(null)
  const hint = form.notifications.slackWebhookHint
  const store = async (slackWebhook: string | null) => {
    const { emails, rhythm } = form.notifications
    const body = { version: basis.version, notifications: { emails, rhythm, slackWebhook } }
    const saved = await changes.save(form.id, body)
    builder.goOn(saved)
    setTyped('')
    show(null)
  }
  const connect = async () => {
    if (typed.trim() === '') return setError('Enter the address of the webhook.')
    setBusy(true)
    setError('')
    try {
      await store(typed)
      toast({ text: 'Slack is connected.' })
    } catch (failure) {
      if (isProblem(failure, 'stale')) await changes.reread(form.id)
      setError(reasonOf(failure))
    } finally {
      setBusy(false)
    }
  }
  const behind = isBehind ? 'First choose between your changes and theirs.' : undefined
  if (hint && shown !== 'field')
    return (
      <div class="slack-now" data-place="notifications/slackWebhook">
        <p>
          Connected: <code class="wrap-anywhere">{hint}</code>
        </p>
        <Button unavailable={behind} onClick={() => show('field')}>
          Replace
        </Button>
        <Button look="plain" unavailable={behind} onClick={() => show('question')}>
          Remove
        </Button>
        {shown === 'question' && (
          <Confirm
            title="Disconnect Slack?"
            action="Disconnect"
            run={() => store(null)}
            explain={explain}
            onClose={() => show(null)}
          >
            <p>
              Applications are no longer posted to this channel. To connect it again, you need its webhook.
            </p>
          </Confirm>
        )}
      </div>
    )
  return (
    <div class="slack-new">
      <TextField
        name="notifications/slackWebhook"
        label="Incoming webhook of a channel"
        placeholder="https://hooks.slack.com/services/…"
        hint="In Slack: Apps, Incoming Webhooks, Add to Slack. It is kept encrypted and never shown again. Saved at once."
        inputmode="url"
        autocomplete="off"
        spellcheck={false}
        optional
        value={typed}
        error={error}
        set={(value) => {
          setTyped(value)
          setError('')
        }}
      />
      <p class="notice-actions">
        <Button busy={busy} unavailable={behind} onClick={() => void connect()}>
          Connect
        </Button>
        {hint && (
          <Button look="plain" onClick={() => show(null)}>
            Cancel
          </Button>
        )}
      </p>
    </div>
  )
}
