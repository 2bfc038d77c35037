import { expect, test } from 'vitest'
import { killRun } from './kill-run.ts'

test('what was acknowledged outlives three kills of the runtime, once, with its score and its mail', {
  timeout: 120_000,
}, async () => {
  const report = await killRun({ kills: 3, clients: 4, everyMs: 500 })
  expect(report.breaches).toEqual([])
  expect(report.acknowledged).toBeGreaterThan(10)
})
