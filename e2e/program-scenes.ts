import type { Page } from 'playwright-core'
import type { ProgramEdit } from '#worker/program/schema.ts'
import { LONG_NAME } from './cast.ts'
import { heading, press, type Scene } from './scene.ts'
import type { Visitor } from './visitor.ts'

type Tracks = ProgramEdit['tracks']

/** Saves other tracks, by the API. */
export async function saveTracks({ api }: Pick<Visitor, 'api'>, change: (tracks: Tracks) => Tracks) {
  const { version, tracks } = await api.get<ProgramEdit>('/api/program')
  await api.put('/api/program', { version, tracks: change(tracks) })
}

export async function openProgram({ page }: Pick<Visitor, 'page'>) {
  await page.goto('/program')
  await heading(page, 'Technology track')
}

/** Opens the form of a tier. */
export async function editTier(page: Page, name: string) {
  await press(page, `Edit ${name}`)
  return page.getByRole('form', { name: `Edit ${name}` })
}

async function raiseSilver({ page }: Visitor) {
  await openProgram({ page })
  const form = await editTier(page, 'Registered technology partner')
  await form.getByLabel('Value').fill('90')
  await press(form, 'Done')
}

const longTracks = (count: number): Tracks =>
  Array.from({ length: count }, (_, at) => ({
    name: `${at} ${at % 2 ? LONG_NAME : 'W'.repeat(190)}`.slice(0, 200),
    types: ['technology', 'channel', 'reseller', 'referral'],
    graceDays: 365,
    tiers: (['platinum', 'gold'] as const).map((level) => ({
      level,
      name: level === 'gold' ? LONG_NAME : 'W'.repeat(200),
      color: '#b7862c',
      benefits: `${LONG_NAME}\n${'W'.repeat(300)}`,
      rules: [
        { metric: 'revenue', op: 'between', value: [1_000_000_000, 999_000_000_000] },
        { metric: 'tags', op: 'allOf', value: ['W'.repeat(50), 'a tag of as many words as fit into a tag'] },
        { metric: 'industry', op: 'anyOf', value: ['hardware-semiconductors', 'construction-real-estate'] },
      ],
    })),
  }))

const FAILURE = { type: '/problems/internal', title: 'Something went wrong on our side.', status: 500 }

export const PROGRAM: readonly Scene[] = [
  { name: 'program', who: 'owner', open: openProgram },
  { name: 'program-viewer', who: 'viewer', open: openProgram },
  {
    name: 'program-editing',
    who: 'owner',
    async open({ page }) {
      await openProgram({ page })
      await press(page, 'Edit Technology track')
      const form = await editTier(page, 'Elite technology partner')
      await form.getByLabel('Comparison').first().selectOption('between')
      await press(form, 'Add a rule')
      await form.getByLabel('Metric').last().selectOption('Stage')
      await form.getByLabel('Values').fill('scal')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      // Closes the suggestions alone.
      await page.keyboard.press('Escape')
      await form.getByText('Scaling', { exact: true }).waitFor()
    },
  },
  {
    name: 'program-errors',
    who: 'owner',
    async open({ page }) {
      await openProgram({ page })
      await press(page, 'Add track')
      await press(page, 'Add Gold tier to the new track')
      const form = page.getByRole('form', { name: 'Edit Gold' })
      await press(form, 'Add a rule')
      await press(page, 'Save…')
      await page.getByText('Choose a partner type.').waitFor()
    },
  },
  {
    name: 'program-tried',
    who: 'owner',
    async open(visitor) {
      await raiseSilver(visitor)
      await press(visitor.page, 'Try it')
      await visitor.page.getByRole('list', { name: 'Moves' }).waitFor()
    },
  },
  {
    name: 'program-saving',
    who: 'owner',
    async open(visitor) {
      await raiseSilver(visitor)
      await press(visitor.page, 'Save…')
      await visitor.page.getByRole('button', { name: /^Save and apply \d/ }).waitFor()
    },
  },
  {
    name: 'program-long-names',
    who: 'verbose',
    async open(visitor) {
      await saveTracks(visitor, () => longTracks(2))
      await visitor.page.goto('/program')
      await heading(visitor.page, /^0 W/)
      await visitor.page
        .getByRole('button', { name: /^Edit W/ })
        .first()
        .click()
    },
  },
  {
    name: 'program-empty',
    who: 'founder',
    async open(visitor) {
      await saveTracks(visitor, () => [])
      await visitor.page.goto('/program')
      await heading(visitor.page, 'No tracks yet')
    },
  },
  {
    name: 'program-versions',
    who: 'founder',
    async open(visitor) {
      await saveTracks(visitor, (tracks) => tracks.toReversed())
      await saveTracks(visitor, ([first, ...others]) => [
        ...others.slice(0, 1),
        ...(first ? [{ ...first, name: 'Friends', graceDays: 0, tiers: first.tiers.slice(1) }] : []),
      ])
      await visitor.page.goto('/program')
      await press(visitor.page, 'Versions')
      await press(visitor.page, 'Compare version 1')
      await heading(visitor.page, /^Friends$/)
    },
  },
  {
    name: 'program-stale',
    who: 'founder',
    async open(visitor) {
      await raiseSilver(visitor)
      await saveTracks(visitor, (tracks) => tracks.toReversed())
      await press(visitor.page, 'Save…')
      await press(visitor.page, /^Save and apply/)
      await press(visitor.page, 'Look at theirs')
      await heading(visitor.page, 'What you changed elsewhere')
    },
  },
]

/** Worth a look, and of no other make than a scene above. */
export const PROGRAM_PICTURES: readonly Scene[] = [
  {
    name: 'program-many',
    who: 'verbose',
    async open(visitor) {
      await saveTracks(visitor, () => longTracks(20))
      await visitor.page.goto('/program')
      await heading(visitor.page, /^0 W/)
    },
  },
  {
    name: 'program-error',
    who: 'owner',
    async open({ page, noise }) {
      noise.expect(/status of 500/)
      await page.route('**/api/program', (route) => route.fulfill({ status: 500, json: FAILURE }))
      await page.goto('/program')
      await heading(page, 'The programme could not be loaded')
    },
  },
]
