import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lockFolder } from './folder.ts'
import { at } from './paths.ts'
import { freePort } from './ports.ts'

// Each test starts a program, and a folder in use is given time to be let go.
vi.setConfig({ testTimeout: 30_000 })

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts where it cannot start, and answers with all that it says. */
async function start(settings: Record<string, string>) {
  const env = { ...process.env, PORT: String(await freePort()), DATA_DIR: folder, ...settings }
  const child = spawn(process.execPath, [at('local/start.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const [code] = await once(child, 'close')
  return { code, output }
}

test('a port in use is named in one line', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { code, output } = await start({ PORT: String(port) })
  server.close()
  expect(code).toBe(1)
  expect(output).toBe(
    `entente: Port ${port} is in use: stop what runs there, or choose another, as in PORT=${port + 1} npm start.\n`,
  )
})

test('a folder that cannot be made is named in one line', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const { code, output } = await start({ DATA_DIR: join(file, 'data') })
  expect(code).toBe(1)
  expect(output).toBe(`entente: Cannot write to ${file}/data: part of the path is a file.\n`)
})

test('a folder in use is named in one line', async () => {
  lockFolder(folder)
  const { code, output } = await start({})
  expect(code).toBe(1)
  expect(output).toBe(
    `entente: Entente runs with the data in ${folder} already: stop it, or choose another DATA_DIR.\n`,
  )
})

test.each([
  ['PORT', '80a', 'PORT must be a number from 1 to 65535, not "80a".'],
  ['PORT', '70000', 'PORT must be a number from 1 to 65535, not "70000".'],
  ['OUTBOUND', 'localhost', 'OUTBOUND must be an address such as http://127.0.0.1:9000, not "localhost".'],
])('%s=%s is refused in one line', async (name, value, line) => {
  expect(await start({ [name]: value })).toEqual({ code: 1, output: `entente: ${line}\n` })
})
