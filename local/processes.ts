import { execFileSync } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'

/** A process and when it was born: a number alone may belong to somebody else by now. */
export interface Known {
  pid: number
  born: string
}

export function know(pid: number): Known | undefined {
  const born = bornAt(pid)
  return born === undefined ? undefined : { pid, born }
}

/** Ends a process left over from an earlier run, and waits until it is gone; a stranger under its number stays. */
export function endLeftover({ pid, born }: Known) {
  if (bornAt(pid) !== born) return
  process.kill(pid, 'SIGKILL')
  const pause = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; waited < 2_000 && bornAt(pid) === born; waited += 20) Atomics.wait(pause, 0, 0, 20)
}

function bornAt(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    }
    // The name in brackets may hold blanks; counted from behind it, field 1 is the state and 20 the start time.
    const [state, ...rest] = afterName(readFileSync(`/proc/${pid}/stat`, 'utf8')).split(' ')
    return state === 'Z' ? undefined : rest[18]
  } catch {
    return undefined
  }
}

const afterName = (stat: string) => stat.slice(stat.lastIndexOf(')') + 2)

/**
 * Tells of every process that is started with that argument, until the answer is called. Miniflare keeps its runtime's
 * process to itself; Node announces each one.
 */
export function watchStarts(argument: string, tell: (pid: number) => void): () => void {
  const note = (message: unknown) => {
    if (!isAnnouncement(message)) return
    const { process: child } = message
    // Announced before it has a number.
    queueMicrotask(() => {
      if (child.pid !== undefined && child.spawnargs?.includes(argument)) tell(child.pid)
    })
  }
  subscribe('child_process', note)
  return () => void unsubscribe('child_process', note)
}

interface Announced {
  pid?: number
  spawnargs?: string[]
}

const isAnnouncement = (message: unknown): message is { process: Announced } =>
  typeof message === 'object' && message !== null && 'process' in message
