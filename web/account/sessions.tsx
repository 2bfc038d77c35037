import { useQuery, useQueryClient } from '@tanstack/preact-query'
import { MonitorSmartphone } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { formatMoment } from '#web/format.ts'
import { answerOf, done, explain } from '#web/problem.ts'
import { Badge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Session } from '#worker/auth/schema.ts'
import { agentName } from './agent-name.ts'

const SESSIONS = ['sessions']

export function Sessions() {
  const { data, error, refetch } = useQuery({
    queryKey: SESSIONS,
    queryFn: () => answerOf(api.account.sessions.$get()),
  })
  const { busy, end } = useEndSession()
  if (error && !data)
    return (
      <ErrorState
        title="Your sessions could not be loaded"
        message={explain(error).message}
        onRetry={() => void refetch()}
      />
    )
  if (!data) return <Skeleton width={70} />
  const others = data.items.length - 1
  return (
    <>
      <ul class="sessions">
        {data.items.map((session) => (
          <SessionItem
            key={session.id}
            session={session}
            busy={busy === session.id}
            onEnd={() =>
              void end(session.id, () => done(api.account.sessions[':id'].$delete({ param: session })))
            }
          />
        ))}
      </ul>
      <div>
        <Button
          busy={busy === 'others'}
          unavailable={others > 0 ? undefined : 'You are signed in nowhere else.'}
          onClick={() => void end('others', () => done(api.account.sessions.$delete()))}
        >
          Sign out everywhere else
        </Button>
      </div>
    </>
  )
}

function useEndSession() {
  const client = useQueryClient()
  const [busy, setBusy] = useState('')
  const end = async (what: string, run: () => Promise<void>) => {
    setBusy(what)
    try {
      await run()
      await client.invalidateQueries({ queryKey: SESSIONS })
      toast({ text: what === 'others' ? 'Signed out everywhere else.' : 'Session ended.' })
    } catch (error) {
      toast({ text: explain(error).message })
    } finally {
      setBusy('')
    }
  }
  return { busy, end }
}

function SessionItem({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd: () => void }) {
  const name = agentName(session.userAgent)
  return (
    <li>
      <MonitorSmartphone size={18} aria-hidden="true" />
      <div>
        {name}
        <br />
        <span class="muted">Since {formatMoment(session.createdAt)}</span>
      </div>
      {session.current ? (
        <Badge tone="green">This one</Badge>
      ) : (
        <Button look="plain" busy={busy} aria-label={`End the session of ${name}`} onClick={onEnd}>
          End
        </Button>
      )}
    </li>
  )
}
