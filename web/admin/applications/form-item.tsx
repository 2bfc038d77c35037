import { Copy, Ellipsis, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { formatCount, formatDay } from '#web/format.ts'
import { reasonAgainst } from '#web/me.ts'
import { explain, isProblem } from '#web/problem.ts'
import { reasonOf } from '#web/reason-of.ts'
import { IconButton } from '#web/ui/button.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { FormRow } from '#worker/applications/schema.ts'
import type { Me } from '#worker/auth/schema.ts'
import { CopyButton } from './copy-button.tsx'
import { copyOf } from './copy-of.ts'
import { addressOf, shortAddressOf } from './form-address.ts'
import { formPath, submissionsPath } from './form-tabs.tsx'
import { useFormChanges } from './forms-queries.ts'
import { StateBadge } from './state-badge.tsx'

interface Props {
  form: FormRow
  me: Me | undefined
}

/** One form: what it is called, where it is, and what came of it. */
export function FormItem({ form, me }: Props) {
  const { id, name, slug, state, counts, updatedAt } = form
  const total = counts.new + counts.approved + counts.rejected
  return (
    <li>
      <div class="form-name">
        <a href={formPath(id)}>{name}</a>
        <StateBadge state={state} />
      </div>
      <div class="form-address">
        <span class="truncate" title={addressOf(slug)}>
          {shortAddressOf(slug)}
        </span>
        <CopyButton text={addressOf(slug)} label={`Copy the address of ${name}`} />
      </div>
      <a class="form-counts number" href={submissionsPath(id)}>
        {total === 0 ? (
          'No submissions'
        ) : (
          <>
            {counts.new > 0 && <strong>{formatCount(counts.new)} new </strong>}
            {counts.new > 0 ? `of ${formatCount(total)}` : inTotal(total)}
          </>
        )}
        <span class="sr-only"> of {name}</span>
      </a>
      <span class="form-changed muted">Changed {formatDay(updatedAt)}</span>
      <Actions form={form} me={me} />
    </li>
  )
}

const inTotal = (total: number) => `${formatCount(total)} ${total === 1 ? 'submission' : 'submissions'}`

function Actions({ form, me }: Props) {
  const { route } = useLocation()
  const { create, read, remove } = useFormChanges()
  const [asking, setAsking] = useState(false)
  const refusal = reasonAgainst(me, 'manager')
  const duplicate = async () => {
    try {
      const copy = await create(copyOf(await read(form.id)))
      toast({ text: `${copy.name} is a draft now.` })
      route(formPath(copy.id))
    } catch (error) {
      toast({ text: `${form.name} could not be duplicated. ${reasonOf(error)}` })
    }
  }
  return (
    <>
      <Menu
        label={`Actions for ${form.name}`}
        trigger={(props) => (
          <IconButton label={`Actions for ${form.name}`} {...props}>
            <Ellipsis size={15} aria-hidden="true" />
          </IconButton>
        )}
      >
        <MenuItem
          icon={<Copy size={15} aria-hidden="true" />}
          unavailable={refusal}
          onChoose={() => void duplicate()}
        >
          Duplicate
        </MenuItem>
        <MenuItem
          tone="red"
          icon={<Trash2 size={15} aria-hidden="true" />}
          unavailable={refusal}
          onChoose={() => setAsking(true)}
        >
          Delete…
        </MenuItem>
      </Menu>
      {asking && (
        <Confirm
          title={`Delete ${form.name}?`}
          action="Delete form"
          run={() => remove(form.id)}
          explain={(error) => (isProblem(error, 'has-submissions') ? { message: KEPT } : explain(error))}
          onClose={() => setAsking(false)}
        >
          <p>The form and its public address go for good.</p>
        </Confirm>
      )}
    </>
  )
}

const KEPT =
  'This form has submissions, which would go with it, so it stays. Close it instead: open it and choose Close, and nobody can apply with it any more.'
