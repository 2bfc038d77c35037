import { publish } from './forms.ts'
import { heading, press, type Scene } from './scene.ts'
import type { Visitor } from './visitor.ts'

/** Opens the page of a form that was published a moment ago. */
async function openForm({ page, api }: Visitor, changes: Record<string, unknown> = {}, end = '') {
  const { slug } = await publish(api, changes)
  await page.goto(`/apply/${slug}${end}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const ARABIC = {
  title: 'كن شريكًا لنا',
  description: 'أخبرنا عن **شركتك** وكيف تودّ العمل معنا.',
  submitLabel: 'إرسال',
  successMessage: 'شكرًا لك.',
  language: 'ar',
}

/** What applicants see: whoever made the form looks on. */
export const APPLY: Scene[] = [
  { name: 'public-form', who: 'founder', open: (one) => openForm(one) },
  {
    name: 'public-form-with-errors',
    who: 'founder',
    async open(one) {
      await openForm(one, {
        design: { bannerUrl: null, bannerColor: null, bannerHeight: 80, font: 'serif', accent: '#ffe14d' },
      })
      await press(one.page, 'Apply')
      await heading(one.page, 'Some answers need another look')
    },
  },
  {
    name: 'public-form-right-to-left',
    who: 'founder',
    async open(one) {
      await openForm(one, { content: ARABIC })
      await press(one.page, 'إرسال')
      await heading(one.page, 'Some answers need another look')
    },
  },
  { name: 'public-form-thanks', who: 'founder', open: (one) => openForm(one, {}, '/thanks') },
  {
    name: 'public-form-closed',
    who: 'founder',
    async open({ page, api, noise }) {
      noise.expect(/status of 410/)
      const { id, slug, version } = await publish(api)
      await api.patch(`/api/forms/${id}`, { version, state: 'closed' })
      await page.goto(`/apply/${slug}`)
      await heading(page, 'This form is closed')
    },
  },
  {
    name: 'public-form-not-open',
    who: 'founder',
    async open({ page, noise }) {
      noise.expect(/status of 404/)
      await page.goto('/apply/no-such-form')
      await heading(page, 'This form is not open')
    },
  },
]
