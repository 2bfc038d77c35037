import { partner } from './people.ts'
import { heading, openDirectory, press, type Scene } from './scene.ts'
import type { Visitor } from './visitor.ts'

const openLedger = (kind: 'Fit' | 'Health') => async (visitor: Visitor) => {
  await openDirectory(visitor)
  const { page } = visitor
  await page.getByRole('link', { name: 'Auroral Systems', exact: true }).click()
  await page.getByRole('tab', { name: 'Scores' }).click()
  await page.getByRole('tab', { name: kind }).click()
  await page
    .getByRole('dialog')
    .getByText(/of what counts is known/)
    .waitFor()
}

/** Opens the drawer of a partner of the demo at a tab. */
const openTab = (tab: string) => async (visitor: Visitor) => {
  await openDirectory(visitor)
  await visitor.page.getByRole('link', { name: 'Auroral Systems', exact: true }).click()
  await visitor.page.getByRole('tab', { name: tab }).click()
}

/** The partner with the longest name of all. */
async function openEndless({ page }: Visitor) {
  await page.goto('/partners')
  await page.getByRole('link', { name: /^WWW/ }).first().click()
  await page.getByText('Last edited').waitFor()
}

async function openEdit({ page }: Visitor) {
  await page.keyboard.press('e')
  await page.getByLabel('Company name').waitFor()
}

/** Saves what somebody else has changed in the meantime. */
async function meetInEdit(visitor: Visitor) {
  const { page, api } = visitor
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Driftwood' }))
  await page.goto(`/partners/${id}`)
  await page.getByText('Last edited').waitFor()
  await openEdit(visitor)
  await page.getByLabel('Company name').fill('Driftwood & Daughters')
  await page.getByLabel('Stage').selectOption('Active')
  await api.patch(`/api/partners/${id}`, { version: 1, name: 'Driftwood Analytics', stage: 'at-risk' })
  await press(page, 'Save changes')
  await heading(page, /changed this partner while you were editing/)
}

const AT = '2026-03-02T10:32:00.000Z'
const line = (name: string, label: string, state: string, detail = '') => ({
  name,
  label,
  state,
  detail,
  url: null,
})
/** One source in each state, and every kind of suggestion. */
const SIGNALS = {
  domain: 'auroral.example',
  checking: false,
  sources: [
    {
      source: 'dns',
      state: 'checked',
      at: AT,
      lines: [
        line('mx', 'Mail servers', 'found', 'aspmx.l.google.com, alt1.aspmx.l.google.com'),
        line('dmarc', 'DMARC policy', 'absent'),
        line('caa', 'Certificate authorities (CAA)', 'unknown'),
        { ...line('ns', 'Name servers', 'found', 'ns.auroral.example'), url: 'https://auroral.example/' },
      ],
    },
    { source: 'rdap', state: 'failed', at: AT, lines: [] },
    { source: 'website', state: 'unchecked', at: null, lines: [] },
  ],
  suggestions: [
    ['name', 'Auroral Systems ASA'],
    ['description', 'Software that keeps ships, ports and their people on time. '.repeat(8)],
    ['languages', ['nb', 'sv', 'en']],
    ['region', 'dach'],
    ['logo', '/files/icon.png'],
  ].map(([field, value]) => ({ field, value, url: 'https://auroral.example/', at: AT })),
}

/** Opens the drawer of a partner of the demo as if its domain could be looked up. */
const openSignals = (tab: string) => async (visitor: Visitor) => {
  await visitor.page.route('**/signals', (route) => route.fulfill({ json: SIGNALS }))
  const body = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1"/></svg>'
  await visitor.page.route('**/files/icon.png', (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body }),
  )
  await openTab(tab)(visitor)
}

export const PARTNER: readonly Scene[] = [
  {
    name: 'partner-suggestions',
    who: 'owner',
    async open(visitor) {
      await openSignals('Overview')(visitor)
      await visitor.page.getByRole('button', { name: 'Accept logo' }).waitFor()
    },
  },
  {
    name: 'partner-signals',
    who: 'owner',
    async open(visitor) {
      await openSignals('Scores')(visitor)
      await visitor.page.getByRole('tab', { name: 'Public signals' }).click()
      await visitor.page.getByText('Not checked yet').waitFor()
    },
  },
  { name: 'ledger-fit', who: 'owner', open: openLedger('Fit') },
  { name: 'ledger-health', who: 'owner', open: openLedger('Health') },
  { name: 'partner-long-name', who: 'verbose', open: openEndless },
  {
    name: 'partner-edit-long-name',
    who: 'verbose',
    async open(visitor) {
      await openEndless(visitor)
      await openEdit(visitor)
    },
  },
  {
    name: 'partner',
    who: 'owner',
    async open(visitor) {
      await openTab('Overview')(visitor)
      await visitor.page.getByText('Last edited').waitFor()
    },
  },
  {
    name: 'partner-contacts-viewer',
    who: 'viewer',
    async open(visitor) {
      await openTab('Contacts')(visitor)
      await visitor.page.getByRole('button', { name: 'Add contact' }).waitFor()
    },
  },
  {
    name: 'contact-form',
    who: 'owner',
    async open(visitor) {
      await openTab('Contacts')(visitor)
      await press(visitor.page, 'Add contact')
      await press(visitor.page.getByRole('dialog', { name: 'Add contact' }), 'Add contact')
      await visitor.page.getByText('Enter a first name.').waitFor()
    },
  },
  {
    name: 'log-activity',
    who: 'owner',
    async open(visitor) {
      await openTab('Activity')(visitor)
      await visitor.page.getByRole('button', { name: 'Log activity' }).first().click()
      await visitor.page.getByLabel('What happened').waitFor()
    },
  },
  {
    name: 'partner-activity',
    who: 'adding',
    async open({ page, api }) {
      const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Driftwood' }))
      await api.patch(`/api/partners/${id}`, { version: 1, stage: 'active', tags: ['co-sell'] })
      const text = 'Agreed on the pilot with three of their customers.\nNext: a draft of the contract.'
      await api.post(`/api/partners/${id}/activity`, { kind: 'meeting', on: '2026-03-02', text })
      await page.goto(`/partners/${id}?tab=activity`)
      await page.getByText(/logged a meeting/).waitFor()
    },
  },
  {
    name: 'partner-edit',
    who: 'owner',
    async open(visitor) {
      await openTab('Overview')(visitor)
      await openEdit(visitor)
      await visitor.page.getByLabel('Tags').fill('co')
      await visitor.page.getByRole('listbox').getByRole('option').first().waitFor()
    },
  },
  { name: 'partner-edit-dispute', who: 'adding', open: meetInEdit },
  {
    name: 'joint-plan',
    who: 'verbose',
    async open(visitor) {
      await openEndless(visitor)
      await visitor.page.getByRole('link', { name: 'Open joint plan' }).click()
      await heading(visitor.page, 'Joint plans come later')
    },
  },
]
