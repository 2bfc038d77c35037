import { Fragment } from 'preact'
import { FIND_KEYS, Kbd, SUBMIT_KEYS } from '#web/ui/kbd.tsx'
import { Modal } from '#web/ui/modal.tsx'

const KEYS: readonly (readonly [keys: string, words: string, does: string])[] = [
  [FIND_KEYS, 'Control or Command with K', 'Find anything'],
  ['C', 'C', 'Add a partner'],
  ['/', 'Slash', 'Search partners'],
  ['F', 'F', 'Filter partners'],
  ['J', 'J', 'Next row'],
  ['K', 'K', 'Previous row'],
  ['↵', 'Enter', 'Open the row'],
  ['X', 'X', 'Select the row'],
  ['⇧J', 'Shift with J', 'Select downwards'],
  ['⇧K', 'Shift with K', 'Select upwards'],
  ['E', 'E', 'Edit the partner'],
  ['A', 'A', 'Approve the submission'],
  ['R', 'R', 'Reject the submission'],
  ['← →', 'Left and right arrow', 'Previous and next submission'],
  ['Alt ↑', 'Alt with an arrow up or down', 'Move a track of the programme'],
  [SUBMIT_KEYS, 'Control or Command with Enter', 'Save what you are writing'],
  ['Esc', 'Escape', 'Close what is open, or select nothing'],
  ['?', 'Question mark', 'This list'],
]

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal kind="dialog" title="Keyboard shortcuts" onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([keys, words, does]) => (
          <Fragment key={keys}>
            <dt>
              <Kbd keys={keys} />
              <span class="sr-only">{words}</span>
            </dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
      <p class="muted keys-note">
        Single keys rest while you type, and can be switched off under{' '}
        <a href="/settings/account" onClick={onClose}>
          Account
        </a>
        .
      </p>
    </Modal>
  )
}
