import { type Asked, CONTROL, type Outside } from './wire.ts'

/** Adds to what the network outside answers; see `e2e/outside.ts`, which stands in for it. */
export async function publish(outside: Outside) {
  const { status } = await fetch(`${CONTROL}/outside`, { method: 'PUT', body: JSON.stringify(outside) })
  if (status !== 204) throw new Error(`The stand-in for the network answered ${status}.`)
}

/** What was asked of the network outside so far, for or about names that hold `name`, by whose user agent holds `by`. */
export async function askedAbout(name: string, by = ''): Promise<Asked[]> {
  return (await fetch(`${CONTROL}/asked?${new URLSearchParams({ about: name, by })}`)).json()
}
