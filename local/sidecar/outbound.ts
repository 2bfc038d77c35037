import { WorkerEntrypoint } from 'cloudflare:workers'
import type { SidecarEnv } from './env.ts'

/** Sends each request of the app to one address, unchanged, with the meant address beside it. */
export class Outbound extends WorkerEntrypoint<SidecarEnv> {
  override fetch(request: Request): Promise<Response> {
    const headers = new Headers(request.headers)
    headers.set('X-Original-URL', request.url)
    const { method, body } = request
    // A redirect is the app's to follow or not.
    return fetch(this.env.OUTBOUND, { method, headers, body, redirect: 'manual' })
  }
}
