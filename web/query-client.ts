import { QueryClient } from '@tanstack/preact-query'
import { ApiProblem } from './problem.ts'

const TRIES = 2

/** The server's state in the browser. A refusal is not tried again; a busy server or a lost network is. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // Offline is an error to show, not a pause to wait in.
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 30_000,
        retry: (count, error) => count < TRIES && mayPass(error),
        retryDelay: (count) => 300 * 2 ** count,
      },
    },
  })

const mayPass = (error: Error) => error instanceof ApiProblem && (error.status === 0 || error.status >= 500)
