import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { answerOf, explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { PasswordField } from '#web/ui/text-field.tsx'
import { useForm } from '#web/ui/use-form.ts'
import { PASSWORD_MIN } from '#worker/auth/terms.ts'
import { EntryPage } from './entry-page.tsx'
import { ADMIN, PORTAL } from './realm.ts'
import { rememberAddress } from './remembered-address.ts'

/** What a mailed link is for. */
interface MailedLink {
  purpose: 'reset' | 'invitation' | 'founding'
  email: string
  organizationName: string | null
  redirectTo: '/login' | '/portal/login'
}

const ACTIONS = { reset: 'Set password', invitation: 'Join', founding: 'Open Entente' }

export function ChoosePasswordForm({ token, link }: { token: string; link: MailedLink }) {
  const [leaving, setLeaving] = useState(false)
  const form = useForm({
    initial: { newPassword: '' },
    check: ({ newPassword }) =>
      newPassword.length < PASSWORD_MIN ? { newPassword: `Use at least ${PASSWORD_MIN} characters.` } : {},
    submit: async ({ newPassword }) => {
      const { redirectTo } = await answerOf(
        api.auth['reset-password'].$post({ json: { token, newPassword } }),
      )
      rememberAddress(link.email)
      setLeaving(true)
      location.assign((redirectTo === PORTAL.signInPage ? PORTAL : ADMIN).home)
    },
    explain,
  })
  return (
    <EntryPage
      title={titleOf(link)}
      lead={`For ${link.email}.${link.purpose === 'reset' ? ' Wherever else you are signed in, you will be signed out.' : ''}`}
    >
      <Form state={form}>
        {/* Tells password managers whose password this is. */}
        <input
          class="sr-only"
          type="email"
          autocomplete="username"
          value={link.email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordField
          label="New password"
          hint={`At least ${PASSWORD_MIN} characters. A few words in a row are easy to remember and hard to guess.`}
          autocomplete="new-password"
          autofocus
          {...form.field('newPassword')}
        />
        <Button type="submit" look="primary" wide busy={form.sending || leaving}>
          {ACTIONS[link.purpose]}
        </Button>
      </Form>
    </EntryPage>
  )
}

function titleOf({ purpose, organizationName }: MailedLink) {
  if (purpose === 'invitation' && organizationName) return `Join ${organizationName}`
  if (purpose === 'founding' && organizationName) return `Welcome, ${organizationName}`
  return 'Choose a password'
}
