import { Check, Inbox, Mail, RotateCcw, ShieldCheck, StickyNote, UserPlus, X } from 'lucide-preact'
import { formatMoment } from '#web/format.ts'
import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { Kbd, SUBMIT_KEYS } from '#web/ui/kbd.tsx'
import { LongTextField } from '#web/ui/text-field.tsx'
import { useForm } from '#web/ui/use-form.ts'
import type { Submission } from '#worker/submissions/schema.ts'
import { REJECTION_REASON_LABELS } from '#worker/submissions/terms.ts'
import type { Review } from './use-review.ts'

type Deed = Submission['history'][number]

interface Props {
  submission: Submission
  refusal: string | undefined
  review: Review
}

/** Notes of reviewers among what happened, oldest first, and a place for the next note. */
export function Timeline({ submission, refusal, review }: Props) {
  const notes = submission.notes.map((note) => ({ id: note.id, note }))
  const [arrival, ...deeds] = submission.history.map((deed) => ({ id: deed.id, deed }))
  // Ids come in the order of time, also within one moment.
  const later = [...notes, ...deeds].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const entries = arrival ? [arrival, ...later] : later
  return (
    <section class="activity">
      <h3>Notes and history</h3>
      <ol>
        {entries.map((entry) =>
          'note' in entry ? (
            <li key={entry.id} data-logged>
              <StickyNote size={14} aria-hidden="true" />
              <p>
                <strong>{entry.note.author.name}</strong> noted <At at={entry.note.at} />
              </p>
              <p class="prose">{entry.note.text}</p>
            </li>
          ) : (
            <DeedItem key={entry.id} deed={entry.deed} />
          ),
        )}
      </ol>
      {refusal ? <p class="muted">{refusal}</p> : <NoteForm id={submission.id} review={review} />}
    </section>
  )
}

const At = ({ at }: { at: string }) => (
  <time class="muted number" dateTime={at}>
    {formatMoment(at)}
  </time>
)

function DeedItem({ deed }: { deed: Deed }) {
  const [Icon, words] = wordsFor(deed)
  return (
    <li>
      <Icon size={14} aria-hidden="true" />
      <p>
        {deed.by && <strong>{deed.by.name}</strong>} {words} <At at={deed.at} />
      </p>
    </li>
  )
}

function wordsFor({ kind, to, reason }: Deed): readonly [typeof Mail, string] {
  if (kind === 'submitted') return [Inbox, 'Submitted']
  if (kind === 'partner') return [UserPlus, 'added a partner from it']
  if (kind === 'not-suspected') return [ShieldCheck, 'said that it is not spam']
  if (kind === 'resent') return [Mail, 'sent an alert again']
  if (to === 'approved') return [Check, 'approved it']
  if (to === 'new') return [RotateCcw, 'set it back to New']
  return [X, reason ? `rejected it: ${REJECTION_REASON_LABELS[reason].toLowerCase()}` : 'rejected it']
}

/** What was begun and not sent, for as long as the page stands: stepping to the next one loses nothing. */
const begun = new Map<string, string>()

function NoteForm({ id, review }: { id: string; review: Review }) {
  const form = useForm({
    initial: { note: begun.get(id) ?? '' },
    check: ({ note }) => (note.trim() ? {} : { note: 'Write the note.' }),
    submit: async ({ note }) => {
      await review.addNote(note)
      begun.delete(id)
      form.set('note', '')
    },
    explain,
  })
  const field = form.field('note')
  const set = (text: string) => {
    begun.set(id, text)
    field.set(text)
  }
  return (
    <Form state={form} class="form note-form">
      <LongTextField label="Add a note" hint="For your team: applicants never see it." {...field} set={set} />
      <Button type="submit" busy={form.sending}>
        Add note
        <Kbd keys={SUBMIT_KEYS} />
      </Button>
    </Form>
  )
}
