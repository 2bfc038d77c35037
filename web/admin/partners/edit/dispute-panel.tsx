import { useId } from 'preact/hooks'
import { formatMoment } from '#web/format.ts'
import { type Dispute, peopleIn, type Side } from './dispute.ts'
import { type FieldName, fieldOf, type NameOf } from './fields.ts'
import './dispute-panel.css'

interface Props {
  dispute: Dispute
  nameOf: NameOf
  choose: (name: FieldName, side: Side) => void
}

/** What two people wrote into the same fields, side by side, to be decided. */
export function DisputePanel({ dispute, nameOf, choose }: Props) {
  const titleId = useId()
  return (
    <section class="dispute" role="alert" aria-labelledby={titleId} data-form-message tabIndex={-1}>
      <h3 id={titleId}>
        {peopleIn(dispute.authors, 'Somebody else')} changed this partner while you were editing
      </h3>
      <p>Everything else is merged. Choose for each of these, then save again.</p>
      {dispute.fields.map((name) => (
        <Choice key={name} name={name} dispute={dispute} nameOf={nameOf} choose={choose} />
      ))}
    </section>
  )
}

const SIDES = [
  ['mine', 'Keep mine'],
  ['theirs', 'Take theirs'],
] as const

function Choice({ name, dispute, nameOf, choose }: Props & { name: FieldName }) {
  const group = useId()
  const { label, say } = fieldOf(name)
  const author = dispute.authors[name]
  return (
    <fieldset>
      <legend>
        {label}
        {author && (
          <span class="muted">
            {' '}
            · {author.name}, {formatMoment(author.at)}
          </span>
        )}
      </legend>
      <div class="sides">
        {SIDES.map(([side, words]) => (
          <label key={side}>
            <input
              type="radio"
              name={group}
              checked={dispute.choices[name] === side}
              onChange={() => choose(name, side)}
            />
            <span class="side-words">{words}</span>
            <span class="side-value">
              {say(dispute[side][name], nameOf) || <span class="muted">Empty</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
