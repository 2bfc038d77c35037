import { connect, createServer } from 'node:net'
import { codeOf, Failure, reasonOf } from './failure.ts'

/**
 * @throws Failure when something answers at that port of this machine already, in either address family (a browser that
 * is sent to `localhost` tries both), or when the port may not be opened
 */
export async function assertFree(port: number) {
  const answers = await Promise.all([answersAt('127.0.0.1', port), answersAt('::1', port)])
  if (answers.includes(true)) throw inUse(port)
  await new Promise<void>((resolve, reject) => {
    const server = createServer()
      .once('error', (error) => reject(codeOf(error) === 'EADDRINUSE' ? inUse(port) : refused(port, error)))
      .listen(port, '127.0.0.1', () => server.close(() => resolve()))
  })
}

export const inUse = (port: number) =>
  new Failure(
    `Port ${port} is in use: stop what runs there, or choose another, as in PORT=${nextTo(port)} npm start.`,
  )

const refused = (port: number, error: unknown) =>
  new Failure(`Cannot listen on port ${port}: ${reasonOf(error)}.`)

const nextTo = (port: number) => (port < 65_535 ? port + 1 : port - 1)

/** A port that was free a moment ago. */
export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(address)))
      })
  })

function answersAt(host: string, port: number) {
  return new Promise<boolean>((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 })
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
    socket.once('timeout', () => settle(false))
  })
}
