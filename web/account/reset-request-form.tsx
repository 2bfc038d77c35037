import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { done, explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { useForm } from '#web/ui/use-form.ts'
import { EntryPage } from './entry-page.tsx'
import type { Realm } from './realm.ts'
import { rememberAddress, rememberedAddress } from './remembered-address.ts'

interface Props {
  realm: Realm
  backTo: string
  isPortal: boolean
}

/** Asks for the mailed link. The answer never tells whether the address is known. */
export function ResetRequestForm({ realm, backTo, isPortal }: Props) {
  const [sentTo, setSentTo] = useState('')
  const form = useForm({
    initial: { email: rememberedAddress() },
    check: ({ email }) => (email.trim() ? {} : { email: 'Enter your e-mail address.' }),
    submit: async ({ email }) => {
      await done(api.auth['request-password-reset'].$post({ json: { email, redirectTo: realm.signInPage } }))
      rememberAddress(email)
      setSentTo(email.trim())
    },
    explain,
  })
  const back = <a href={backTo}>Back to sign in</a>
  if (sentTo)
    return (
      <EntryPage key="sent" title="Look in your mail" announce more={back}>
        <p>
          If <strong>{sentTo}</strong> has an account here, a link is on its way. It works once, for one hour.
        </p>
        <p class="muted">
          Nothing after a few minutes? Look among the spam, or ask again with another address.
        </p>
        <Button wide onClick={() => setSentTo('')}>
          Use another address
        </Button>
      </EntryPage>
    )
  const lead = isPortal
    ? 'We mail you a link with which you choose a password, whether it is your first one or a new one.'
    : 'We mail you a link with which you choose a new one.'
  return (
    <EntryPage
      key="ask"
      title={isPortal ? 'Get your password' : 'Reset your password'}
      lead={lead}
      more={back}
    >
      <Form state={form}>
        <TextField
          label="E-mail"
          type="email"
          autocomplete="username"
          autofocus
          spellcheck={false}
          {...form.field('email')}
        />
        <Button type="submit" look="primary" wide busy={form.sending}>
          Send me a link
        </Button>
      </Form>
    </EntryPage>
  )
}
