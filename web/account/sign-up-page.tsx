import { useQuery } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { answerOf, done, explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { useForm } from '#web/ui/use-form.ts'
import { EntryPage } from './entry-page.tsx'

const SIGN_IN = (
  <span>
    Have an account? <a href="/login">Sign in</a>
  </span>
)

export function SignUpPage() {
  const [sentTo, setSentTo] = useState('')
  const { data } = useQuery({ queryKey: ['sign-up'], queryFn: () => answerOf(api['sign-up'].$get()) })
  if (sentTo)
    return (
      <EntryPage key="sent" title="Look in your mail" announce more={SIGN_IN}>
        <p>
          We sent a link to <strong>{sentTo}</strong>. Open it to choose a password; your organisation is
          ready then.
        </p>
        <p class="muted">
          Nothing after a few minutes? Look among the spam, or check the address and try again.
        </p>
        <Button wide onClick={() => setSentTo('')}>
          Use another address
        </Button>
      </EntryPage>
    )
  if (data && !data.open)
    return (
      <EntryPage key="closed" title="Sign-up is closed" more={SIGN_IN}>
        <p>
          New organisations cannot be created here. If yours uses Entente, ask an admin for an invitation.
        </p>
      </EntryPage>
    )
  return <FoundingForm onSent={setSentTo} />
}

function FoundingForm({ onSent }: { onSent: (email: string) => void }) {
  const form = useForm({
    initial: { name: '', 'owner/name': '', 'owner/email': '' },
    check: (values) => ({
      ...(values.name.trim() ? {} : { name: 'Enter the name of your organisation.' }),
      ...(values['owner/name'].trim() ? {} : { 'owner/name': 'Enter your name.' }),
      ...(values['owner/email'].trim() ? {} : { 'owner/email': 'Enter your e-mail address.' }),
    }),
    submit: async (values) => {
      const owner = { name: values['owner/name'], email: values['owner/email'] }
      await done(api.organizations.$post({ json: { name: values.name, owner } }))
      onSent(owner.email.trim())
    },
    explain,
  })
  return (
    <EntryPage
      key="form"
      title="Create your organisation"
      lead="One directory for every partner: how well each fits, and how the relationship is doing."
      more={SIGN_IN}
    >
      <Form state={form}>
        <TextField label="Organisation" autocomplete="organization" autofocus {...form.field('name')} />
        <TextField label="Your name" autocomplete="name" {...form.field('owner/name')} />
        <TextField
          label="Work e-mail"
          type="email"
          autocomplete="email"
          spellcheck={false}
          {...form.field('owner/email')}
        />
        <Button type="submit" look="primary" wide busy={form.sending}>
          Continue
        </Button>
      </Form>
    </EntryPage>
  )
}
