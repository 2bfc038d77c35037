/** `npm start`: the product on this machine, built for production, with its data in one folder. */
import { serve } from './ending.ts'
import { claim } from './folder.ts'
import { everyMinute } from './minute.ts'
import { readSettings } from './settings.ts'
import { welcome } from './welcome.ts'

serve(async () => {
  const { port, dataDir, demo, outbound } = readSettings(process.env)
  const { noteRuntime } = await claim(dataDir, port)
  // Only now, since they take a second to load: what is wrong is told at once.
  const { hasDemo, prepareState } = await import('#local/demo/state.ts')
  const { startLocal } = await import('./server.ts')
  const common = { port, dataDir, say: console.log, onRuntime: noteRuntime }
  await prepareState({ ...common, demo })
  const local = await startLocal({ ...common, outbound, log: printTrouble })
  everyMinute(local.tick)
  console.log(welcome({ url: local.url, dataDir, demo: hasDemo(dataDir) }))
})

function printTrouble(level: string, line: string) {
  if (level === 'error' || level === 'warn') console.error(line)
}
