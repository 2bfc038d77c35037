import { api } from '#web/api.ts'
import { done, explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { PasswordField } from '#web/ui/text-field.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useForm } from '#web/ui/use-form.ts'
import { PASSWORD_MIN } from '#worker/auth/terms.ts'

export function PasswordForm() {
  const form = useForm({
    initial: { currentPassword: '', newPassword: '' },
    check: ({ currentPassword, newPassword }) => ({
      ...(currentPassword ? {} : { currentPassword: 'Enter your current password.' }),
      ...(newPassword.length < PASSWORD_MIN
        ? { newPassword: `Use at least ${PASSWORD_MIN} characters.` }
        : {}),
    }),
    submit: async (json) => {
      await done(api.account.password.$post({ json }))
      form.reset()
      toast({ text: 'Password changed.' })
    },
    explain,
  })
  return (
    <Form state={form}>
      <PasswordField
        label="Current password"
        autocomplete="current-password"
        {...form.field('currentPassword')}
      />
      <PasswordField
        label="New password"
        hint={`At least ${PASSWORD_MIN} characters. All other sessions end.`}
        autocomplete="new-password"
        {...form.field('newPassword')}
      />
      <Button type="submit" busy={form.sending}>
        Change password
      </Button>
    </Form>
  )
}
