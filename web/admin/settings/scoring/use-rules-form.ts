import { useEffect, useState } from 'preact/hooks'
import { explain, isProblem } from '#web/problem.ts'
import type { Failure } from '#web/ui/place-errors.ts'
import { toast } from '#web/ui/toast.tsx'
import { useForm } from '#web/ui/use-form.ts'
import type { ScoringSettings } from '#worker/scoring/schema.ts'
import { authorsOf } from './authors.ts'
import {
  mergeRules,
  RULE_FIELDS,
  type RuleField,
  type RuleValues,
  rulesOf,
  valuesOf,
  visiblyWrong,
} from './rules.ts'
import { useScoringChanges } from './scoring.ts'

/** Somebody else saved in the meantime: what they changed, and of that what both did. */
export interface Meeting {
  who: string
  changed: readonly RuleField[]
  disputed: readonly RuleField[]
}

class Met extends Error {}

/** The form of the rules, and where its edit began. Saving over somebody else's edit takes theirs in and asks again. */
export function useRulesForm(settings: ScoringSettings) {
  const { save, readNow } = useScoringChanges()
  const [began, begin] = useState(settings)
  const [meeting, setMeeting] = useState<Meeting | null>(null)
  const [saves, setSaves] = useState(0)

  const meet = async (values: RuleValues, error: unknown) => {
    const theirs = await readNow()
    const merged = mergeRules(valuesOf(began), values, valuesOf(theirs))
    begin(theirs)
    setAll(merged.values)
    setMeeting({ who: authorsOf(error), changed: merged.changed, disputed: merged.disputed })
    throw new Met()
  }
  const form = useForm<RuleField>({
    initial: valuesOf(began),
    check: visiblyWrong,
    submit: async (values) => {
      const rules = rulesOf(values)
      if (!rules) return
      try {
        const saved = await save({ ...rules, version: began.version })
        begin(saved)
        setAll(valuesOf(saved))
        setMeeting(null)
        setSaves(saves + 1)
        toast({ text: 'The scoring is saved. Every partner is being scored anew.' })
      } catch (error) {
        if (!isProblem(error, 'stale')) throw error
        await meet(values, error)
      }
    },
    explain: atFields,
  })
  const setAll = (values: RuleValues) => {
    for (const field of RULE_FIELDS) form.set(field, values[field])
  }
  const discard = () => {
    setMeeting(null)
    setAll(valuesOf(began))
  }
  const { dirty } = form
  useEffect(() => {
    // While nothing was touched, what others have saved since is simply shown.
    if (dirty || settings.version <= began.version) return
    begin(settings)
    setAll(valuesOf(settings))
  })
  return { form, dirty, meeting, discard, rules: rulesOf(form.values), saves }
}

/** Weights as a whole have no field; their first one stands for them. */
const FIRST: Record<string, string> = {
  '/fitWeights': '/fitWeights/industry',
  '/healthWeights': '/healthWeights/planAttainment',
}

function atFields(error: unknown): Failure {
  // What was met stands in a notice of its own.
  if (error instanceof Met) return { message: 'Look at it once more, then save.', errors: [] }
  const { message, errors } = explain(error)
  return {
    message,
    errors: errors.map(({ pointer, detail }) => ({ pointer: FIRST[pointer] ?? pointer, detail })),
  }
}
