import { useEffect, useRef, useState } from 'preact/hooks'
import { answerOf } from '#web/problem.ts'
import { putFile } from '#web/put-file.ts'
import { reasonOf } from '#web/reason-of.ts'
import type { Form } from '#worker/applications/schema.ts'

/** Sends a file that is saved at once; how far it is, and what went wrong. */
export function useUpload(path: string, done: (form: Form) => void) {
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState('')
  const sending = useRef<AbortController | null>(null)
  useEffect(() => () => sending.current?.abort(), [])

  const send = async (prepare: () => Promise<Blob>) => {
    const controller = new AbortController()
    sending.current = controller
    setError('')
    setShare(0)
    try {
      const form: Form = await answerOf(putFile(path, await prepare(), setShare, controller.signal))
      done(form)
    } catch (failure) {
      const isStopped = failure instanceof DOMException && failure.name === 'AbortError'
      if (!isStopped) setError(failure instanceof Unfit ? failure.message : reasonOf(failure))
    } finally {
      setShare(null)
    }
  }
  return { share, error, send, stop: () => sending.current?.abort() }
}

/** A file that need not be sent to know that it will not do. */
export class Unfit extends Error {}

const SIZE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const MIB = 1_024 * 1_024
/** "6.2 MiB" */
export const inMib = (bytes: number) => `${SIZE.format(bytes / MIB)} MiB`
