import { reasonAgainst, useMe } from '#web/me.ts'
import { explain, isNetworkLoss } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { Kbd, SUBMIT_KEYS } from '#web/ui/kbd.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { ErrorState } from '#web/ui/states.tsx'
import { usePageGuard } from '#web/ui/use-page-guard.tsx'
import { useTitle } from '#web/ui/use-title.ts'
import type { ScoringSettings } from '#worker/scoring/schema.ts'
import { EffectCard } from './effect-card.tsx'
import { IdealCard } from './ideal-card.tsx'
import { MeetingNotice } from './meeting-notice.tsx'
import { FIT_PRESETS, HEALTH_PRESETS } from './presets.ts'
import { ProgressNotice } from './progress-notice.tsx'
import { FIT_SCALE, HEALTH_SCALE } from './scales.ts'
import { useScoring } from './scoring.ts'
import { ScoringSkeleton } from './scoring-skeleton.tsx'
import { useRulesForm } from './use-rules-form.ts'
import { WeightsCard } from './weights-card.tsx'
import '#web/account/account-page.css'
import './scoring.css'

/** Whom the organisation looks for, and what its scores weigh. */
export function ScoringPage() {
  useTitle('Scoring')
  const { data: me } = useMe()
  const { data: settings, error, refetch } = useScoring()
  if (error && !settings)
    return (
      <ErrorState
        title="The scoring could not be loaded"
        message={explain(error).message}
        offline={isNetworkLoss(error)}
        onRetry={() => void refetch()}
      />
    )
  if (!(me && settings)) return <ScoringSkeleton />
  return <Rules settings={settings} refusal={reasonAgainst(me, 'admin')} />
}

interface Props {
  settings: ScoringSettings
  /** Why this person may not change the rules. */
  refusal: string | undefined
}

function Rules({ settings, refusal }: Props) {
  const { form, dirty, meeting, discard, rules, saves } = useRulesForm(settings)
  const question = usePageGuard({
    unsaved: dirty,
    title: 'Discard your changes?',
    words: 'What you changed of the scoring has not been saved.',
  })
  const shared = { field: form.field, values: form.values }
  const problem = meeting && <MeetingNotice meeting={meeting} onDiscard={discard} />
  return (
    <Form state={form} class="scoring" {...(problem ? { problem } : {})}>
      <ProgressNotice saves={saves} />
      {refusal && <Notice>{refusal} You see the rules by which partners are scored.</Notice>}
      <fieldset class="scoring-cards" disabled={refusal !== undefined}>
        <legend class="sr-only">Rules of scoring</legend>
        <IdealCard {...shared} />
        <WeightCards {...shared} />
      </fieldset>
      {!refusal && <EffectCard rules={rules} dirty={dirty} />}
      {!refusal && (
        <div class="scoring-foot">
          <span class="scoring-state">
            {dirty ? 'Not saved yet. Saving scores every partner anew.' : 'Everything is saved.'}
          </span>
          <Button unavailable={dirty ? undefined : 'There is nothing to discard.'} onClick={discard}>
            Discard
          </Button>
          <Button
            type="submit"
            look="primary"
            busy={form.sending}
            unavailable={dirty ? undefined : 'There is nothing to save.'}
          >
            Save scoring
            <Kbd keys={SUBMIT_KEYS} />
          </Button>
        </div>
      )}
      {question}
    </Form>
  )
}

function WeightCards(shared: Pick<ReturnType<typeof useRulesForm>['form'], 'field' | 'values'>) {
  return (
    <>
      <WeightsCard scale={FIT_SCALE} presets={FIT_PRESETS} {...shared} />
      <WeightsCard scale={HEALTH_SCALE} presets={HEALTH_PRESETS} {...shared} />
    </>
  )
}
