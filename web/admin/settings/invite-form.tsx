import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'
import { Form } from '#web/ui/form.tsx'
import { Select } from '#web/ui/select-field.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useForm } from '#web/ui/use-form.ts'
import { ROLE_HINTS, ROLES } from '#worker/auth/terms.ts'
import { refusalToManage, roleOptions, type Viewpoint } from './member-rules.ts'
import { useMemberChanges } from './use-member-changes.ts'

export function InviteForm({ view }: { view: Viewpoint }) {
  const { invite } = useMemberChanges()
  const form = useForm({
    initial: { email: '', role: 'manager' },
    check: ({ email }) => (email.trim() ? {} : { email: 'Enter an e-mail address.' }),
    submit: async ({ email, role }) => {
      await invite({ email, role: roleNamed(role) })
      form.reset()
      toast({ text: `An invitation is on its way to ${email.trim()}.` })
    },
    explain,
  })
  const role = form.field('role')
  const refusal = refusalToManage(view)
  return (
    <Form state={form} class="invite">
      <TextField
        label="E-mail"
        type="email"
        autocomplete="off"
        placeholder="ada@example.com"
        spellcheck={false}
        {...form.field('email')}
      />
      <Field label="Role" error={role.error}>
        {(control) => (
          <Select
            {...control}
            value={role.value}
            options={roleOptions(view)}
            onChange={(event) => role.set(event.currentTarget.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" busy={form.sending} unavailable={refusal}>
        Invite
      </Button>
      <p class="hint">{refusal ?? `${ROLE_HINTS[roleNamed(role.value)]}.`}</p>
    </Form>
  )
}

const roleNamed = (value: string) => ROLES.find((role) => role === value) ?? 'viewer'
