import { useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { usePartnerChanges } from '#web/admin/partners/use-partner-changes.ts'
import { api } from '#web/api.ts'
import { answerOf, done, isProblem } from '#web/problem.ts'
import { toast } from '#web/ui/toast.tsx'
import type { Partner, PartnerChange } from '#worker/partners/schema.ts'
import { REGIONS } from '#worker/partners/terms.ts'
import type { PartnerSignals, Suggestion } from '#worker/signals/schema.ts'
import type { SuggestedField } from '#worker/signals/terms.ts'
import { signalsKey } from './use-signals.ts'

type Change = Omit<PartnerChange, 'version'>

/** The part of an edit that a suggestion is; null for the logo, which is taken over by a route of its own. */
function changeOf({ field, value }: Suggestion): Change | null {
  if (field === 'languages') return { languages: [value].flat() }
  const text = String(value)
  if (field === 'name') return { name: text }
  if (field === 'description') return { description: text }
  const region = field === 'region' && REGIONS.find((one) => one === text)
  return region ? { region } : null
}

const before = (partner: Partner): Record<Exclude<SuggestedField, 'logo'>, Change> => ({
  name: { name: partner.name },
  description: { description: partner.description },
  languages: { languages: partner.languages },
  region: { region: partner.region },
})

/** What was taken over last, and what takes it back. */
export interface Taken {
  field: SuggestedField
  undo: () => Promise<void>
}

/** Takes suggestions over, or waves them off; `onGone` is told when one has left the list. */
export function useSuggestions(partner: Partner, onGone: () => void) {
  const { id } = partner
  const client = useQueryClient()
  const { accept, readNow, explain } = usePartnerChanges(id)
  const [busy, setBusy] = useState<SuggestedField | null>(null)
  const [taken, setTaken] = useState<Taken | null>(null)

  const drop = (field: SuggestedField) =>
    client.setQueryData<PartnerSignals>(
      signalsKey(id),
      (known) => known && { ...known, suggestions: known.suggestions.filter((each) => each.field !== field) },
    )
  const patch = async (change: Change, version: number) => {
    const saved: Partner = await answerOf(
      api.partners[':id'].$patch({ param: { id }, json: { ...change, version } }),
    )
    accept(saved)
    return saved
  }
  const undo = (field: SuggestedField, version: number) => async () => {
    try {
      if (field === 'logo') {
        await done(fetch(`/api/partners/${id}/logo`, { method: 'DELETE' }))
        await readNow()
      } else await patch(before(partner)[field], version)
      setTaken(null)
      setTimeout(onGone)
    } catch (error) {
      await fail(error)
    }
  }
  /** Somebody else was faster: what they wrote is shown, and the suggestion is compared with it anew. */
  const fail = async (error: unknown) => {
    if (!isProblem(error, 'stale')) return toast({ text: explain(error).message })
    await readNow()
    toast({ text: 'Somebody changed this partner in the meantime. Have another look.' })
  }

  const take = async (suggestion: Suggestion) => {
    const { field } = suggestion
    setBusy(field)
    try {
      const change = changeOf(suggestion)
      if (!change) await answerOf(api.partners[':id'].suggestions.logo.$post({ param: { id } }))
      const { version } = change ? await patch(change, partner.version) : await readNow()
      drop(field)
      setTaken({ field, undo: undo(field, version) })
      setTimeout(onGone)
    } catch (error) {
      await fail(error)
    }
    setBusy(null)
    await client.invalidateQueries({ queryKey: signalsKey(id) })
  }
  const ignore = async ({ field, value }: Suggestion) => {
    setTaken(null)
    try {
      await done(api.partners[':id'].suggestions.ignore.$post({ param: { id }, json: { field, value } }))
      drop(field)
      setTimeout(onGone)
    } catch (error) {
      await fail(error)
    }
    await client.invalidateQueries({ queryKey: signalsKey(id) })
  }
  return { busy, taken, take, ignore }
}
