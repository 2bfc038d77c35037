import { useQuery, useQueryClient } from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { answerOf, done } from '#web/problem.ts'
import type { Form, FormPage } from '#worker/applications/schema.ts'
import type { AlertChannel } from '#worker/applications/terms.ts'
import type { FormChangeBody, NewFormBody } from './bodies.ts'

export const FORMS = ['forms'] as const
export const formKey = (formId: string) => ['forms', formId] as const

/** More forms than anybody has. */
const LIST_MAX = '200'

export const useForms = () =>
  useQuery({
    queryKey: FORMS,
    queryFn: (): Promise<FormPage> => answerOf(api.forms.$get({ query: { limit: LIST_MAX } })),
  })

const readForm = (id: string): Promise<Form> => answerOf(api.forms[':id'].$get({ param: { id } }))

export const useOneForm = (formId: string) =>
  useQuery({ queryKey: formKey(formId), queryFn: () => readForm(formId) })

/** What changes forms; whatever the server answers is shown from then on. */
export function useFormChanges() {
  const client = useQueryClient()
  const took = (form: Form) => {
    client.setQueryData(formKey(form.id), form)
    void client.invalidateQueries({ queryKey: FORMS, exact: true })
    return form
  }
  return {
    took,
    create: async (json: NewFormBody) => took(await answerOf(api.forms.$post({ json }))),
    save: async (id: string, json: FormChangeBody) =>
      took(await answerOf(api.forms[':id'].$patch({ param: { id }, json }))),
    remove: async (id: string) => {
      await done(api.forms[':id'].$delete({ param: { id } }))
      await client.invalidateQueries({ queryKey: FORMS, exact: true })
      client.removeQueries({ queryKey: formKey(id) })
    },
    read: readForm,
    /** Reads what somebody else has saved. */
    reread: (id: string) => client.invalidateQueries({ queryKey: formKey(id), exact: true }),
  }
}

/** Sends a test by what is saved of a channel, and answers what came of it. */
export const sendTest = (id: string, channel: AlertChannel): Promise<{ ok: boolean; detail: string }> =>
  answerOf(api.forms[':id']['test-notification'].$post({ param: { id }, json: { channel } }))
