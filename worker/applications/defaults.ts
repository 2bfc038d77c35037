import { INDUSTRIES, INDUSTRY_LABELS } from '#worker/partners/company-terms.ts'
import { PARTNER_TYPES, REGION_LABELS, REGIONS, TYPE_LABELS } from '#worker/partners/terms.ts'
import type { AgreementSection, FieldSection, Form, Option, Question, Section } from './schema.ts'
import { BANNER_HEIGHT } from './terms.ts'

/** With the end of a UUID: 48 bits of chance. */
const newKey = (kind: 'q' | 's') => `${kind}${crypto.randomUUID().slice(-12)}`

const BLUE = '#1a56db'
/** Submissions of a day, unless the organisation says otherwise. */
const DAILY_CAP = 1_000

const optionsOf = <K extends string>(ids: readonly K[], labels: Record<K, string>): Option[] =>
  ids.map((id) => ({ id, label: labels[id] }))

const EMPLOYEES: Option[] = [
  { id: '1-10', label: '1 to 10' },
  { id: '11-50', label: '11 to 50' },
  { id: '51-200', label: '51 to 200' },
  { id: '201-1000', label: '201 to 1,000' },
  { id: '1001-5000', label: '1,001 to 5,000' },
  { id: '5001', label: 'More than 5,000' },
]
const DEALS: Option[] = [
  { id: '0', label: 'None yet' },
  { id: '1-5', label: '1 to 5' },
  { id: '6-20', label: '6 to 20' },
  { id: '21', label: 'More than 20' },
]
const WAYS: Option[] = [
  { id: 'refer', label: 'Refer customers to you' },
  { id: 'resell', label: 'Resell your products' },
  { id: 'integrate', label: 'Connect our product with yours' },
  { id: 'services', label: 'Offer services around your products' },
  { id: 'market', label: 'Market together' },
]
const SOURCES: Option[] = [
  { id: 'partner', label: 'From one of your partners' },
  { id: 'customer', label: 'From a customer' },
  { id: 'team', label: 'From somebody on your team' },
  { id: 'event', label: 'At an event' },
  { id: 'search', label: 'By searching the web' },
  { id: 'other', label: 'Another way' },
]

const ask = (type: Question['type'], label: string, more: Partial<Question> = {}): Question => ({
  id: newKey('q'),
  type,
  label,
  required: false,
  ...more,
})
const must = (type: Question['type'], label: string, more: Partial<Question> = {}) =>
  ask(type, label, { ...more, required: true })

const fields = (title: string, questions: Question[]): FieldSection => ({
  id: newKey('s'),
  kind: 'fields',
  title,
  questions,
})
const agreement = (title: string, text: string): AgreementSection => ({
  id: newKey('s'),
  kind: 'agreement',
  title,
  text,
})

const company = () =>
  fields('Your company', [
    must('text', 'Company name', { mapsTo: 'companyName' }),
    must('url', 'Website', {
      placeholder: 'www.example.com',
      help: 'The address of your home page.',
      mapsTo: 'companyDomain',
    }),
    must('country', 'Country', { help: 'Where your head office is.' }),
    ask('multiSelect', 'Regions you sell in', { options: optionsOf(REGIONS, REGION_LABELS) }),
    must('select', 'Kind of partner you would like to be', {
      options: optionsOf(PARTNER_TYPES, TYPE_LABELS),
    }),
    ask('select', 'Industry', { options: optionsOf(INDUSTRIES, INDUSTRY_LABELS) }),
    ask('select', 'Employees', { options: EMPLOYEES }),
    ask('number', 'Founded in', { placeholder: '2015', min: 1_600, max: 2_100 }),
  ])

const person = () =>
  fields('You', [
    must('text', 'First name', { mapsTo: 'contactFirstName' }),
    must('text', 'Last name', { mapsTo: 'contactLastName' }),
    must('email', 'Work e-mail', { help: 'We answer to this address.', mapsTo: 'contactEmail' }),
    ask('text', 'Job title'),
    ask('phone', 'Phone', { help: 'With the country code, such as +49 30 123456.' }),
  ])

const together = () =>
  fields('Working together', [
    ask('longText', 'What do you offer your customers?', { maxLength: 2_000 }),
    ask('text', 'Who are your customers?', { placeholder: 'Hospitals in the Nordics' }),
    ask('text', 'Products and technologies you work with', { help: 'Separate them by commas.' }),
    ask('multiSelect', 'How would you like to work with us?', { options: WAYS }),
    ask('select', 'Deals you expect to bring in a year', { options: DEALS }),
    ask('select', 'How did you hear of us?', { options: SOURCES }),
  ])

const TERMS = `**Put the terms of your partner programme here before you publish this form.**

- Who may take part, and what partners may say about working with you
- What both sides keep confidential
- How either side ends the partnership`

const PRIVACY = `**Put your privacy notice here before you publish this form.**

- What you do with the answers, and who sees them
- How long you keep them
- Whom to write to for a copy, a correction or a deletion`

const sections = (): Section[] => [
  company(),
  person(),
  together(),
  agreement('Programme terms', TERMS),
  agreement('Privacy', PRIVACY),
]

/** What a new form begins with, under ids of its own: complete, so that it could be published as it is. */
export const defaultForm = (): Pick<
  Form,
  'sections' | 'design' | 'content' | 'share' | 'notifications' | 'dailyCap' | 'state'
> => ({
  state: 'draft',
  sections: sections(),
  design: {
    bannerUrl: null,
    bannerColor: BLUE,
    bannerHeight: BANNER_HEIGHT.initial,
    font: 'system',
    accent: BLUE,
  },
  content: {
    title: 'Become a partner',
    description:
      'Tell us about your company and how you would like to work with us. It takes about four minutes.',
    submitLabel: 'Send application',
    successMessage: 'Thank you. Your application has arrived, and we will write to you once we have read it.',
    language: 'en',
  },
  share: { public: true, embed: false, sites: [] },
  notifications: { emails: [], slackWebhookHint: null, rhythm: 'each' },
  dailyCap: DAILY_CAP,
})
