import { formatCount } from '#web/format.ts'
import { ChipsField } from '#web/ui/chips-field.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { RECIPIENTS_MAX, RHYTHMS, type Rhythm } from '#worker/applications/terms.ts'
import { SlackField } from './slack-field.tsx'
import { TestButton } from './test-button.tsx'
import type { BuilderState } from './use-builder.ts'
import '#web/ui/segments.css'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const RHYTHM_LABELS: Record<Rhythm, string> = { each: 'Each at once', daily: 'Once a day' }

/** Who is told of an application, and how often. */
export function NotificationsPart({ builder }: { builder: BuilderState }) {
  const { draft, form, refusal, bind, change, faults } = builder
  const { notifications } = draft
  const set = (part: Partial<typeof notifications>) => {
    const [field = ''] = Object.keys(part)
    change(`notifications/${field}`, (now) => ({ ...now, notifications: { ...now.notifications, ...part } }))
  }
  return (
    <div class="part-fields">
      <fieldset class="contents" disabled={refusal !== undefined}>
        <h2>E-mail</h2>
        <div data-place="notifications/emails">
          <ChipsField
            label="Who gets an e-mail"
            hint={`Up to ${RECIPIENTS_MAX} addresses.`}
            error={faults['notifications/emails']}
            optional
            values={notifications.emails}
            setValues={(emails) => set({ emails })}
            options={[]}
            accept={(typed) => (EMAIL.test(typed) ? typed.toLowerCase() : null)}
            refusal="Enter an e-mail address."
            placeholder="partners@acme.com"
          />
        </div>
        <TestButton
          builder={builder}
          channel="email"
          unavailable={form.notifications.emails.length === 0 ? 'Add an address and save first.' : undefined}
        />
        <h2>Slack</h2>
        <SlackField builder={builder} />
        {form.notifications.slackWebhookHint && <TestButton builder={builder} channel="slack" />}
        <h2>How much</h2>
        <RhythmField value={notifications.rhythm} set={(rhythm) => set({ rhythm })} />
        <TextField
          {...bind('dailyCap', draft.dailyCap, (dailyCap) =>
            change('dailyCap', (now) => ({ ...now, dailyCap })),
          )}
          label="Applications taken in a day, at most"
          hint={`Beyond, applicants are asked to come back tomorrow. 0 for no limit; usually ${formatCount(1_000)}.`}
          inputmode="numeric"
          autocomplete="off"
        />
      </fieldset>
    </div>
  )
}

const RhythmField = ({ value, set }: { value: Rhythm; set: (rhythm: Rhythm) => void }) => (
  <fieldset class="field" data-place="notifications/rhythm">
    <legend>Tell of applications</legend>
    <div class="segments">
      {RHYTHMS.map((rhythm) => (
        <label key={rhythm}>
          <input
            class="sr-only"
            type="radio"
            name="rhythm"
            checked={rhythm === value}
            onChange={() => set(rhythm)}
          />
          {RHYTHM_LABELS[rhythm]}
        </label>
      ))}
    </div>
    <p class="hint">
      {value === 'daily' ? 'One summary at 9:00 UTC, on days with any.' : 'As each comes in.'}
    </p>
  </fieldset>
)
