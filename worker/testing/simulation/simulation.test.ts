/// <reference types="node" />
import process from 'node:process'
import { expect, test, vi } from 'vitest'
import { PROTECTIONS } from './faults.ts'
import { type History, simulate } from './history.ts'

/** `npm run simulate` asks for other seeds, for more of them, and for what happened. */
const FIRST = Number(process.env.SIMULATE_FIRST ?? 1)
const SEEDS = Number(process.env.SIMULATE_SEEDS ?? 300)
const TELLS = Boolean(process.env.SIMULATE_TELL)
/** Failing histories after which the rest is left out. */
const FAILED_MAX = 5
/** A long run says now and then how far it is. */
const TELL_EACH = 1_000
const HOUR_MS = 3_600_000

const said = ({ seed, breaches }: History) => `seed ${seed}: ${breaches.join('; ')}`

test(
  `in ${SEEDS} histories nothing is lost, doubled or left waiting`,
  async () => {
    const failed: string[] = []
    for (let seed = FIRST; seed < FIRST + SEEDS && failed.length < FAILED_MAX; seed++) {
      const history = await simulate(seed)
      if (TELLS) process.stdout.write(`${history.notes.join('\n')}\n`)
      if (history.breaches.length > 0) failed.push(said(history))
      if (seed % TELL_EACH === 0)
        process.stdout.write(`${seed - FIRST + 1} histories, ${failed.length} failed\n`)
    }
    expect(failed).toEqual([])
  },
  HOUR_MS,
)

test('now and then a digest tells of many', async () => {
  for (let seed = 1; seed <= 300; seed++) if ((await simulate(seed)).gathered > 0) return
  expect.unreachable('Each application was told of singly.')
})

test('one seed is one history, whichever came before', async () => {
  // Seeds of no other test: a process that has lived through one remembers its forms.
  const [first, other] = [await simulate(-7), await simulate(-8)]
  vi.resetModules()
  const again = await import('./history.ts')
  expect((await again.simulate(-8)).notes).toEqual(other.notes)
  expect((await again.simulate(-7)).notes).toEqual(first.notes)
  expect(first.notes).not.toEqual(other.notes)
})

test.each(PROTECTIONS)(
  'without the %s, one of 300 goes wrong',
  async (protection) => {
    for (let seed = 1; seed <= 300; seed++) if ((await simulate(seed, protection)).breaches.length > 0) return
    expect.unreachable(`All went well without the ${protection}.`)
  },
  HOUR_MS,
)
