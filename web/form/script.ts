// Runs within the public form, which is complete without it: checks answers as they are left, keeps them until the server
// has them, and sends without leaving the page. Inlined, so it imports nothing and is written to be small.

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
interface Draft {
  /** Names the submission, so that however often it is sent, it arrives once. */
  key: string
  /** Unix ms: when the form was first opened. */
  since: number
  /** Names of fields with what was entered; ticks and choices by their values. */
  fields: [string, string][]
}
declare global {
  interface Window {
    turnstile?: { reset: () => void }
  }
}
interface Problem {
  detail?: string
  errors?: { pointer: string; detail: string }[]
}

const RETRY_SECONDS = [1, 2, 4, 8, 15, 30, 30, 30]
/** Whoever is told to wait longer is told so, rather than left before a turning wheel. */
const PATIENCE_SECONDS = 60
const SEND_TIMEOUT_MS = 30_000
const MAPPED: Record<string, string> = {
  companyname: 'organization',
  companydomain: 'url',
  contactfirstname: 'given-name',
  contactlastname: 'family-name',
  contactemail: 'email',
}

const byId = (id: string) => document.getElementById(id) as HTMLElement
const form = document.forms[0] as HTMLFormElement
const main = form.parentElement as HTMLElement
const [summary, state, thanks] = [byId('errors'), byId('status'), byId('thanks')]
const button = form.querySelector('button') as HTMLElement
const controls = [...form.elements].filter((each): each is Control => /^[ag]\./.test((each as Control).name))
const places = new URLSearchParams(location.hash.slice(1))

/* The draft. Storage may be denied, or full. */

const slot = `entente ${location.pathname}`
function stored(use: (storage: Storage) => unknown) {
  for (const area of ['localStorage', 'sessionStorage'] as const)
    try {
      return use(window[area])
    } catch {}
}

const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(36)).join('-')
const draft: Draft = { key: newKey(), since: Date.now(), fields: [] }

const isTick = (control: Control): control is HTMLInputElement =>
  control.type === 'checkbox' || control.type === 'radio'
const given = () =>
  controls
    .filter((control) => (isTick(control) ? control.checked : control.value))
    .map((control): [string, string] => [control.name, control.value])

function keep() {
  draft.fields = given()
  stored((storage) => storage.setItem(slot, JSON.stringify(draft)))
}

function restore() {
  try {
    Object.assign(draft, JSON.parse(String(stored((storage) => storage.getItem(slot)))))
    for (const control of controls) {
      const values = draft.fields.filter(([name]) => name === control.name).map(([, value]) => value)
      if (isTick(control)) control.checked = values.includes(control.value)
      else if (values[0]) control.value = values[0]
    }
  } catch {}
  for (const [name, value] of places) {
    const control = form.querySelector<HTMLInputElement>(`[autocomplete="${MAPPED[name.toLowerCase()]}"]`)
    if (control && !control.value) control.value = value
  }
}

/* Checks, in the words of the server, which has the last one. */

function faultOf(control: Control): string {
  const { name, type, validity, dataset, required } = control
  const value = control.value.trim()
  if (isTick(control)) {
    const group = control.closest('fieldset')
    const isRequired = required || group?.dataset.required === ''
    if (!isRequired || controls.some((each) => each.name === name && isTick(each) && each.checked)) return ''
    return name[0] === 'g' ? 'Accept this to go on.' : group ? 'Answer this.' : 'Tick this box.'
  }
  if (validity.badInput)
    return type === 'date' ? 'Enter a day that exists.' : 'Enter a number such as 12 or 3.5.'
  if (!value) return required ? 'Answer this.' : ''
  if (validity.typeMismatch) return 'Enter an e-mail address such as ada@acme.com.'
  if (dataset.type && !/^[^\s@]+\.[^\s@]{2,}$/.test(value))
    return 'Enter a web address such as https://www.acme.com.'
  const limit = (name: string) => Number(control.getAttribute(name)).toLocaleString('en')
  if (validity.rangeUnderflow) return `Enter ${limit('min')} or more.`
  if (validity.rangeOverflow) return `Enter ${limit('max')} at most.`
  const { least = 0, most = Number.POSITIVE_INFINITY } = dataset
  if (value.length > +most) return `Use ${limit('data-most')} characters at most.`
  if (value.length < +least) return `Use ${limit('data-least')} characters at least.`
  return ''
}

function mark(name: string, fault: string) {
  byId(`e.${name}`).textContent = fault
  for (const control of controls)
    if (control.name === name)
      fault ? control.setAttribute('aria-invalid', 'true') : control.removeAttribute('aria-invalid')
}

/** Lists what is wrong, with the way there, and moves to it. */
function tell(faults: [name: string, fault: string][]) {
  const items = faults.map(([name, fault]) => {
    const item = document.createElement('li')
    const control = controls.find((each) => each.name === name)
    if (!control) item.textContent = fault
    else {
      mark(name, fault)
      const link = document.createElement('a')
      link.href = `#${name}`
      link.onclick = (event) => {
        event.preventDefault()
        control.focus()
      }
      const title = control.closest('fieldset')?.querySelector('legend') ?? control.labels?.[0]
      link.textContent = `${title?.textContent?.replace('*', '').trim()}: ${fault}`
      item.append(link)
    }
    return item
  })
  summary.querySelector('ul')?.replaceChildren(...items)
  summary.hidden = !items.length
  if (items.length) summary.focus()
}

/* Sending. */

function answers() {
  const all: Record<string, unknown> = {}
  for (const control of controls) {
    const id = control.name.slice(2)
    if (control.name[0] === 'g' || (isTick(control) ? !control.checked : !control.value.trim())) continue
    if (control.type === 'checkbox' && control.closest('fieldset'))
      all[id] = [...((all[id] as string[] | undefined) ?? []), control.value]
    else
      all[id] =
        control.type === 'checkbox' ? true : control.type === 'number' ? Number(control.value) : control.value
  }
  return all
}

function body() {
  const posted = new FormData(form)
  const text = (name: string) => posted.get(name) || undefined
  return JSON.stringify({
    answers: answers(),
    agreements: given().flatMap(([name]) => (name[0] === 'g' ? [name.slice(2)] : [])),
    token: text('token'),
    trap: text('trap'),
    seconds: Math.max(0, Math.round((Date.now() - draft.since) / 1000)),
    turnstile: text('cf-turnstile-response'),
  })
}

/** Until it may be tried again; sooner when the connection comes back. */
const pause = (seconds: number) =>
  new Promise<void>((go) => {
    setTimeout(go, seconds * 1000)
    addEventListener('online', () => go(), { once: true })
  })

const post = (sent: string) =>
  fetch(form.action, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': draft.key },
    body: sent,
    signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
  })

/** Another page that answers in the server's place, as networks of hotels do, is no answer. */
const isFinal = (status: number) =>
  status === 201 || (status >= 400 && status < 500 && status !== 408 && status !== 429)

/** Sends until there is an answer that trying again would not change; null when there was none. */
async function sent(): Promise<Response | null> {
  const text = body()
  for (const seconds of RETRY_SECONDS) {
    const answer = await post(text).catch(() => null)
    if (answer && isFinal(answer.status)) return answer
    const wait = Number(answer?.headers.get('Retry-After')) || seconds
    if (wait > PATIENCE_SECONDS) return answer
    state.textContent =
      navigator.onLine === false ? 'You are offline. Waiting to send again…' : 'Sending again…'
    await pause(wait)
  }
  return null
}

async function send(isSecond?: boolean): Promise<void> {
  const answer = await sent()
  if (answer?.status === 201) return accepted()
  const problem: Problem = (await answer?.json().catch(() => null)) ?? {}
  // These answers were changed after a try whose answer was lost: they are another submission.
  if (answer?.status === 409 && !isSecond) {
    draft.key = newKey()
    keep()
    return send(true)
  }
  window.turnstile?.reset()
  state.textContent =
    answer?.status === 422
      ? ''
      : `${answer?.status === 410 ? 'This form has closed.' : `Your application was not sent. ${problem.detail ?? ''}`} Your answers are kept in this browser.`
  if (problem.errors)
    tell(
      problem.errors.map(({ pointer, detail }) => {
        const [, part, id] = pointer.split('/')
        return [`${part === 'agreements' ? 'g' : 'a'}.${id}`, detail]
      }),
    )
}

function accepted() {
  stored((storage) => storage.removeItem(slot))
  form.hidden = true
  thanks.hidden = false
  thanks.focus()
  report('submitted')
}

const checkAll = () => {
  const faults = new Map<string, string>()
  for (const control of controls) {
    const fault = faultOf(control)
    if (!faults.has(control.name)) mark(control.name, fault)
    if (fault && !faults.has(control.name)) {
      faults.set(control.name, fault)
      mark(control.name, fault)
    }
  }
  tell([...faults])
  return faults.size === 0
}

let isBusy = false
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  if (isBusy || !checkAll()) return
  isBusy = true
  button.setAttribute('aria-disabled', 'true')
  state.textContent = 'Sending…'
  keep()
  await send()
  isBusy = false
  button.removeAttribute('aria-disabled')
})

/* As it is filled in: an answer is judged when it is left, and again with each change once it was found wrong. */

const recheck = ({ target }: Event, isLeft: boolean) => {
  const control = controls.find((each) => each === target)
  if (!control) return
  const isWrong = control.hasAttribute('aria-invalid')
  if (isWrong || (isLeft && !isTick(control) && (control.value || control.validity.badInput)))
    mark(control.name, faultOf(control))
}
/** What is being pressed must not move away because a message appears above it: the click would miss it. */
let released = Promise.resolve()
addEventListener('pointerdown', () => {
  released = new Promise((go) => {
    for (const end of ['pointerup', 'pointercancel'])
      addEventListener(end, () => setTimeout(go), { once: true })
  })
})
form.addEventListener('focusout', async (event) => {
  await released
  recheck(event, true)
})
form.addEventListener('input', (event) => {
  recheck(event, false)
  keep()
})

/* In a frame of another site, which learns how high it is and that something was sent, and nothing else. */

function report(type: string, height?: number) {
  if (parent !== window) parent.postMessage({ type: `entente:${type}`, height }, '*')
}

if (main.dataset.embed === '') {
  if (places.get('theme')) document.documentElement.style.colorScheme = places.get('theme') as string
  let last = 0
  new ResizeObserver(() => {
    const height = Math.ceil(main.offsetHeight) + 2
    if (main.offsetHeight && height !== last) report('height', height)
    last = height
  }).observe(main)
  report('ready')
}

if (byId('check')) {
  const script = document.createElement('script')
  script.src = 'https://challenges.cloudflare.com/turnstile/v0/api.js'
  script.async = true
  document.head.append(script)
}

// A page that came back from the server holds what was sent already.
if (summary.hidden) restore()
else summary.focus()
