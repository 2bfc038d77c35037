import { useState } from 'preact/hooks'
import { Confirm } from './confirm.tsx'
import { useLeaveGuard } from './use-leave-guard.ts'

interface Options {
  unsaved: boolean
  /** "Discard this partner?" */
  title: string
  words: string
  drop?: () => void
  onClose: () => void
}

/**
 * Asks before what was entered is left: `close` for every way out, `question` to be drawn, `letGo` before leaving once it
 * is saved.
 */
export function useDiscard({ unsaved, title, words, drop, onClose }: Options) {
  const [asking, setAsking] = useState(false)
  const letGo = useLeaveGuard(unsaved, () => setAsking(true))
  const discard = () => {
    letGo()
    drop?.()
    onClose()
  }
  const question = asking && (
    <Confirm
      title={title}
      action="Discard"
      cancel="Keep editing"
      run={discard}
      onClose={() => setAsking(false)}
    >
      <p>{words}</p>
    </Confirm>
  )
  return { close: () => (unsaved ? setAsking(true) : onClose()), question, letGo }
}
