import { useQueryClient } from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { ME } from '#web/me.ts'
import { answerOf, explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useForm } from '#web/ui/use-form.ts'
import type { Me } from '#worker/auth/schema.ts'

export function NameForm({ me }: { me: Me }) {
  const client = useQueryClient()
  const form = useForm({
    initial: { name: me.user.name },
    check: ({ name }) => (name.trim() ? {} : { name: 'Enter your name.' }),
    submit: async ({ name }) => {
      await answerOf(api.me.$patch({ json: { name } }))
      await client.invalidateQueries({ queryKey: ME })
      toast({ text: 'Name saved.' })
    },
    explain,
  })
  return (
    <Form state={form}>
      <TextField label="Name" autocomplete="name" {...form.field('name')} />
      <p>
        <span class="muted">E-mail</span>
        <br />
        {me.user.email}
      </p>
      <Button
        type="submit"
        busy={form.sending}
        unavailable={form.dirty ? undefined : 'Nothing has changed yet.'}
      >
        Save name
      </Button>
    </Form>
  )
}
