import { killRun } from './kill-run.ts'
import { loadRun } from './load-run.ts'

/** `npm run faults`: the long form of `faults.test.ts`, and what a form holds. */
console.table(await loadRun({ perSecond: 50, seconds: 60, alike: 200, spike: 1_000 }))
const report = await killRun({ kills: 20, clients: 8, everyMs: 1_500 })
console.table({ ...report, breaches: report.breaches.length })
for (const breach of report.breaches) console.error(breach)
if (report.breaches.length > 0) process.exitCode = 1
