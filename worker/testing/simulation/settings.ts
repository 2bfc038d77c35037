import type { Env } from '#worker/env.ts'

export const SECRET = 'a secret of the simulation, 32 characters and more'
export const APP_URL = 'http://localhost:8787'

const unused = (): never => {
  throw new Error('Nothing in a history needs this.')
}

/** What no history changes; pages and files are never asked for. */
export const settingsOf = (): Omit<Env, 'DB' | 'JOBS' | 'CHECKS' | 'EMAIL'> => ({
  APP_URL,
  OTHER_ORIGINS: '',
  SIGNUP: 'closed',
  MAIL_FROM: 'Entente <entente@vendor.example>',
  AUTH_SECRET: SECRET,
  ASSETS: { fetch: unused, connect: unused },
  FILES: {
    head: unused,
    get: unused,
    put: unused,
    delete: unused,
    list: unused,
    createMultipartUpload: unused,
    resumeMultipartUpload: unused,
  },
})
