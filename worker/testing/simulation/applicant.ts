import { type Form, tokenOf } from './planted.ts'
import { APP_URL } from './settings.ts'
import type { World } from './world.ts'

/** How an application was sent. */
const MANNERS = ['key', 'key', 'key', 'keyless', 'page', 'impatient', 'program'] as const
/** Whether the sender is a program that the form should notice. */
const isProgram = (manner: (typeof MANNERS)[number]) => manner === 'program'

/** What an applicant was told, finally. */
export interface Told {
  readonly name: string
  readonly form: Form
  readonly status: number
  /** As the answer said, or null where it leads to a page. */
  readonly id: string | null
  readonly suspected: boolean
}

/** One applicant, who tries again, with the same words and key, until there is an answer that means something. */
export async function apply(world: World, form: Form, number: number): Promise<Told> {
  const manner = world.chance.pick(MANNERS)
  const name = `Company ${number}`
  const post = await postOf(world, form, number, manner)
  // Two presses of one button, or two tabs: both speak for one application.
  const tries = manner === 'impatient' ? [once(world, post), once(world, post)] : [once(world, post)]
  const answers = await Promise.all(tries)
  const best = answers.find(({ status }) => status < 400) ?? answers[0]
  const ids = new Set(answers.flatMap(({ id }) => (id === null ? [] : [id])))
  if (ids.size > 1) world.breaches.add(`two answers about one application: ${[...ids].join(' ')}`)
  return { name, form, status: best?.status ?? 0, id: best?.id ?? null, suspected: isProgram(manner) }
}

interface Post {
  readonly name: string
  readonly make: () => Request
}

async function postOf(
  world: World,
  form: Form,
  number: number,
  manner: (typeof MANNERS)[number],
): Promise<Post> {
  const token = await tokenOf(form, world.agenda.now)
  // Some share an address, whose tries are counted together.
  const address = `203.0.113.${number % 9}`
  const url = `${APP_URL}/apply/${form.slug}`
  const name = `Company ${number}`
  const headers: Record<string, string> = { Origin: 'https://elsewhere.example', 'CF-Connecting-IP': address }
  if (manner === 'page') {
    headers['Content-Type'] = 'application/x-www-form-urlencoded'
    const body = new URLSearchParams({
      'a.company': name,
      'g.terms': 'on',
      token,
      key: '',
      trap: '',
    }).toString()
    return { name, make: () => new Request(url, { method: 'POST', headers, body, redirect: 'manual' }) }
  }
  headers['Content-Type'] = 'application/json'
  if (manner !== 'keyless') headers['Idempotency-Key'] = `key-${number}`
  const trap = isProgram(manner) ? { trap: 'filled in' } : {}
  const body = JSON.stringify({
    answers: { company: name },
    agreements: ['terms'],
    token,
    seconds: 40,
    ...trap,
  })
  return { name, make: () => new Request(url, { method: 'POST', headers, body }) }
}

interface Answer {
  readonly status: number
  readonly id: string | null
}

async function once(world: World, post: Post): Promise<Answer> {
  for (;;) {
    const answer = await tryOnce(world, post)
    if (answer && !answer.wait) return answer
    await world.agenda.pause(answer?.wait ?? world.chance.between(200, 4_000))
  }
}

/** Null without an answer; `wait` when it says that it is worth another try. */
async function tryOnce(world: World, { name, make }: Post): Promise<(Answer & { wait?: number }) | null> {
  try {
    const response = await world.request(name, make())
    const { status } = response
    const text = await response.text()
    world.note(`${name}: ${status}`)
    const seconds = Number(response.headers.get('Retry-After') ?? 0)
    if (status === 503 || status === 429) {
      if (!(seconds > 0)) world.breaches.add(`${status} without a time to try again`)
      return { status, id: null, wait: seconds * 1_000 + 1 }
    }
    const id: unknown = status === 201 ? JSON.parse(text).id : null
    return { status, id: typeof id === 'string' ? id : null }
  } catch {
    world.note(`${name}: no answer`)
    return null
  }
}
