/// <reference types="node" />
import process from 'node:process'
import { expect, test } from 'vitest'
import { PROTECTIONS } from './faults.ts'
import { type History, simulate } from './history.ts'

/** The first seed, and how many: `npm run simulate` asks for more. */
const FIRST = Number(process.env.SIMULATE_FIRST ?? 1)
const SEEDS = Number(process.env.SIMULATE_SEEDS ?? 300)
/** Failing histories that are told of in full. */
const TOLD = 5

const said = ({ seed, breaches }: History) => `seed ${seed}: ${breaches.join('; ')}`

test(`in ${SEEDS} histories nothing is lost, nothing is doubled and nothing is left waiting`, async () => {
  const failed: string[] = []
  for (let seed = FIRST; seed < FIRST + SEEDS && failed.length < TOLD; seed++) {
    const history = await simulate(seed)
    if (history.breaches.length > 0) failed.push(said(history))
  }
  expect(failed).toEqual([])
}, 3_600_000)

test('one seed is one history, whichever came before', async () => {
  const [first, other] = [await simulate(7), await simulate(8)]
  expect((await simulate(8)).notes).toEqual(other.notes)
  expect((await simulate(7)).notes).toEqual(first.notes)
  expect(first.notes).not.toEqual(other.notes)
})

test.each(PROTECTIONS)(
  'without the %s, a history goes wrong',
  async (protection) => {
    for (let seed = 1; seed <= 300; seed++) if ((await simulate(seed, protection)).breaches.length > 0) return
    expect.unreachable(`300 histories went well without the ${protection}.`)
  },
  60_000,
)
