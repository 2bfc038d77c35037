import { api } from '#web/api.ts'
import { answerOf, explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { PasswordField, TextField } from '#web/ui/text-field.tsx'
import { useForm } from '#web/ui/use-form.ts'
import { rememberAddress, rememberedAddress } from './remembered-address.ts'

/** A whole page load follows, so that nothing of whoever was signed in before stays in memory. */
export function SignInForm({ next }: { next: string }) {
  const form = useForm({
    initial: { email: rememberedAddress(), password: '' },
    check: ({ email, password }) => ({
      ...(email.trim() ? {} : { email: 'Enter your e-mail address.' }),
      ...(password ? {} : { password: 'Enter your password.' }),
    }),
    submit: async ({ email, password }) => {
      rememberAddress(email)
      await answerOf(api.auth['sign-in'].email.$post({ json: { email, password } }))
      location.assign(next)
    },
    explain,
  })
  return (
    <Form state={form}>
      <TextField
        label="E-mail"
        type="email"
        autocomplete="username"
        autofocus
        spellcheck={false}
        {...form.field('email')}
      />
      <PasswordField label="Password" autocomplete="current-password" {...form.field('password')} />
      <Button type="submit" look="primary" wide busy={form.sending}>
        Sign in
      </Button>
    </Form>
  )
}
