import type { Page } from 'playwright-core'
import type { Form, Section } from '#worker/applications/schema.ts'
import { LONG_NAME } from './cast.ts'
import { at, heading, press, type Scene } from './scene.ts'
import type { Visitor } from './visitor.ts'

const FAILURE = { type: '/problems/internal', title: 'Something went wrong on our side.', status: 500 }
const UNBROKEN = 'W'.repeat(200)

/** A form of the visitor's organisation, made by the API. */
export const makeForm = ({ api }: Pick<Visitor, 'api'>, more: Partial<Form> = {}) =>
  api.post<Form>('/api/forms', { name: 'Become a partner', ...more })

/** Opens a form in the builder, and waits until its preview stands beside it where there is room. */
export async function openForm(
  { page }: Pick<Visitor, 'page'>,
  { id }: Pick<Form, 'id'>,
  part = 'questions',
) {
  await page.goto(`/partners/applications/${id}?part=${part}`)
  await page.getByRole('navigation', { name: 'Parts of the form' }).waitFor()
}

/** The questions of the form, as they stand on the page. */
export const labels = (page: Page) => page.locator('.question-label').allInnerTexts()

const longSections = (): Section[] => [
  {
    id: 's1',
    kind: 'fields',
    title: UNBROKEN,
    description: `${UNBROKEN} ${LONG_NAME}`,
    questions: [
      { id: 'q1', type: 'text', label: LONG_NAME.repeat(2), required: true, mapsTo: 'contactFirstName' },
      {
        id: 'q2',
        type: 'select',
        label: 'W'.repeat(500),
        required: true,
        options: [
          { id: 'o1', label: UNBROKEN },
          { id: 'o2', label: LONG_NAME },
        ],
      },
    ],
  },
  { id: 's2', kind: 'agreement', title: LONG_NAME, text: UNBROKEN.repeat(5) },
]

const openNew = async (visitor: Visitor, part?: string) => openForm(visitor, await makeForm(visitor), part)

const LISTS: Scene[] = [
  { name: 'forms-empty', who: 'founder', open: at('/partners/applications', 'No forms yet') },
  {
    name: 'forms-long-names',
    who: 'verbose',
    async open(visitor) {
      await makeForm(visitor, { name: LONG_NAME, state: 'published' })
      await makeForm(visitor, { name: UNBROKEN, slug: 'w'.repeat(54) + Date.now().toString(36) })
      await visitor.page.goto('/partners/applications')
      await visitor.page.getByRole('link', { name: UNBROKEN, exact: true }).first().waitFor()
    },
    eachWidth: true,
  },
  {
    name: 'forms-error',
    who: 'owner',
    async open({ page, noise }) {
      noise.expect(/status of 500/)
      await page.route('**/api/forms?*', (route) => route.fulfill({ status: 500, json: FAILURE }))
      await page.goto('/partners/applications')
      await heading(page, 'Your forms could not be loaded')
    },
  },
  {
    name: 'form-new',
    who: 'founder',
    async open({ page }) {
      await page.goto('/partners/applications')
      await press(page, 'New form')
      await heading(page, 'New form')
    },
  },
  {
    name: 'form-gone',
    who: 'founder',
    async open({ page, noise }) {
      noise.expect(/status of 404/)
      await page.goto('/partners/applications/frm_00000000000000000000000000')
      await heading(page, 'This form is not there')
    },
  },
]

const BUILDER: Scene[] = [
  {
    name: 'form-questions',
    who: 'founder',
    async open(visitor) {
      await openNew(visitor)
      await visitor.page.getByRole('button', { name: /^One of several: Kind of partner/ }).click()
      await visitor.page.getByLabel('Option 1', { exact: true }).waitFor()
    },
  },
  ...(['design', 'notifications', 'preview'] as const).map(
    (part): Scene => ({ name: `form-${part}`, who: 'founder', open: (visitor) => openNew(visitor, part) }),
  ),
  {
    name: 'form-shared',
    who: 'founder',
    async open(visitor) {
      const form = await makeForm(visitor, {
        state: 'published',
        share: { public: true, embed: true, sites: ['https://www.acme.com'] },
      })
      await openForm(visitor, form, 'share')
      await visitor.page.getByLabel('Address', { exact: true }).fill('another-address')
      await visitor.page.getByText('stops working').waitFor()
    },
  },
  {
    name: 'form-problems',
    who: 'founder',
    async open(visitor) {
      await openForm(visitor, await makeForm(visitor, { sections: [] }))
      await heading(visitor.page, 'This form asks nothing yet')
      await press(visitor.page, 'Add a section')
      await visitor.page.getByRole('button', { name: 'Give the section a title.' }).waitFor()
    },
  },
  {
    name: 'form-long-names',
    who: 'verbose',
    async open(visitor) {
      await openForm(visitor, await makeForm(visitor, { name: UNBROKEN, sections: longSections() }))
      await visitor.page.getByRole('button', { name: /^One of several: W/ }).click()
    },
  },
  {
    name: 'form-publish',
    who: 'founder',
    async open(visitor) {
      await openNew(visitor)
      await press(visitor.page, 'Publish…')
      await heading(visitor.page, 'Publish this form?')
    },
  },
  {
    name: 'form-stale',
    who: 'founder',
    async open(visitor) {
      const form = await makeForm(visitor)
      await openForm(visitor, form, 'content')
      await visitor.page.getByLabel('Title of the page').fill('Mine')
      await visitor.api.patch(`/api/forms/${form.id}`, {
        version: form.version,
        content: { ...form.content, title: 'Theirs' },
      })
      await press(visitor.page, 'Save')
      await visitor.page.getByText('saved this form while you were editing').waitFor()
    },
  },
]

export const FORMS: readonly Scene[] = [...LISTS, ...BUILDER]
