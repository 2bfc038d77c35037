import { apply, publishForm } from './applications.ts'
import { LONG_NAME } from './cast.ts'
import { heading, press, type Scene } from './scene.ts'
import type { Visitor } from './visitor.ts'

const FAILURE = { type: '/problems/internal', title: 'Something went wrong on our side.', status: 500 }
const UNBROKEN = 'W'.repeat(200)

const listPath = (formId: string) => `/partners/applications/${formId}/submissions`

/** A form through which the visitor's organisation was sent long and short words, by people and by a program. */
async function gather(visitor: Visitor) {
  const form = await publishForm(visitor, LONG_NAME)
  await apply(visitor, form, { company: 'Swift Applicant', seconds: 1 })
  await apply(visitor, form, { company: UNBROKEN, pitch: `${UNBROKEN}\n${LONG_NAME}` })
  const id = await apply(visitor, form, { company: 'Delta Works', pitch: UNBROKEN })
  return { form, id }
}

async function openList(visitor: Visitor) {
  const { form } = await gather(visitor)
  await visitor.page.goto(listPath(form.id))
  await visitor.page.getByRole('link', { name: 'Delta Works' }).waitFor()
}

async function openOne(visitor: Visitor) {
  const { form, id } = await gather(visitor)
  await visitor.page.goto(`${listPath(form.id)}/${id}`)
  await visitor.page.getByRole('button', { name: 'Approve' }).waitFor()
}

async function openApproved(visitor: Visitor) {
  const { form, id } = await gather(visitor)
  const note = `${UNBROKEN} ${LONG_NAME}`
  await visitor.api.patch(`/api/submissions/${id}`, { state: 'approved', note, version: 0 })
  await visitor.page.goto(`${listPath(form.id)}/${id}`)
  await visitor.page.getByRole('button', { name: 'Add partner' }).waitFor()
}

export const SUBMISSIONS: readonly Scene[] = [
  { name: 'submissions', who: 'adding', open: openList },
  {
    name: 'submissions-all',
    who: 'adding',
    async open(visitor) {
      await gather(visitor)
      await visitor.page.goto('/partners/applications/submissions?state=new')
      await visitor.page.getByRole('link', { name: 'Delta Works' }).first().waitFor()
    },
  },
  {
    name: 'submissions-empty',
    who: 'adding',
    async open(visitor) {
      const form = await publishForm(visitor)
      await visitor.page.goto(listPath(form.id))
      await heading(visitor.page, 'No applications yet')
    },
  },
  {
    name: 'submissions-nothing',
    who: 'adding',
    async open({ page }) {
      await page.goto(`/partners/applications/submissions?search=${UNBROKEN}x`)
      await heading(page, 'Nothing matches')
    },
  },
  {
    name: 'submissions-error',
    who: 'adding',
    async open({ page, noise }) {
      noise.expect(/status of 500/)
      await page.route('**/api/submissions?*', (route) => route.fulfill({ status: 500, json: FAILURE }))
      await page.goto('/partners/applications/submissions')
      await heading(page, 'The submissions could not be loaded')
    },
  },
  {
    name: 'submission',
    who: 'adding',
    async open(visitor) {
      await openOne(visitor)
      await visitor.page.getByText('Text and fingerprint').click()
    },
  },
  { name: 'submission-approved', who: 'adding', open: openApproved },
  {
    name: 'submission-suspected',
    who: 'adding',
    async open(visitor) {
      const { form } = await gather(visitor)
      await visitor.page.goto(`${listPath(form.id)}?state=suspected`)
      await visitor.page.getByRole('link', { name: 'Swift Applicant' }).click()
      await visitor.page.getByRole('button', { name: 'Not spam', exact: true }).waitFor()
    },
  },
  {
    name: 'submission-reject',
    who: 'adding',
    async open(visitor) {
      await openOne(visitor)
      await press(visitor.page, /^Reject/)
      const dialog = visitor.page.getByRole('dialog', { name: 'Reject Delta Works?' })
      await press(dialog, /^Reject/)
      await dialog.getByText('Choose a reason.').waitFor()
    },
  },
  {
    name: 'submission-add-partner',
    who: 'adding',
    async open(visitor) {
      await openApproved(visitor)
      await press(visitor.page, 'Add partner')
      await visitor.page.getByLabel('Company name').waitFor()
    },
  },
  {
    name: 'submission-gone',
    who: 'adding',
    async open({ page, noise }) {
      noise.expect(/status of 404/)
      await page.goto('/partners/applications/submissions/nowhere')
      await heading(page, 'This submission is not here')
    },
  },
]
