import { fresh } from './people.ts'
import type { Visitor } from './visitor.ts'

interface PublishedForm {
  id: string
  slug: string
}

/** A published form that asks for a company and its contact, and for what it sells. */
export async function publishForm({ api }: Visitor, name = 'Reseller application'): Promise<PublishedForm> {
  const mapped = (id: string, type: string, label: string, mapsTo: string) => ({
    ...{ id, type, label, mapsTo },
    required: true,
  })
  const form = await api.post<PublishedForm & { content: object; version: number }>('/api/forms', {
    name,
    slug: fresh('apply'),
    sections: [
      {
        ...{ id: 'company', kind: 'fields', title: 'Your company' },
        questions: [
          mapped('name', 'text', 'Company name', 'companyName'),
          mapped('site', 'url', 'Website', 'companyDomain'),
          { id: 'pitch', type: 'longText', label: 'How will you work with us?', required: false },
        ],
      },
      {
        ...{ id: 'you', kind: 'fields', title: 'You' },
        questions: [
          mapped('first', 'text', 'First name', 'contactFirstName'),
          mapped('last', 'text', 'Last name', 'contactLastName'),
          mapped('email', 'email', 'Work e-mail', 'contactEmail'),
        ],
      },
      { id: 'terms', kind: 'agreement', title: 'Programme terms', text: 'We treat each other **well**.' },
    ],
    share: { public: true, embed: false, sites: [] },
    notifications: { emails: ['alerts@vendor.example'], rhythm: 'each' },
    state: 'published',
  })
  return form
}

interface Applicant {
  company: string
  domain?: string
  pitch?: string
  /** As a page's script counted them: few look like a program's. */
  seconds?: number
}

/** What a company sends through the form. Answers the id of the submission. */
export async function apply(
  { api }: Visitor,
  { slug }: PublishedForm,
  applicant: Applicant,
): Promise<string> {
  const { company, domain = `${fresh('applicant')}.example`, pitch, seconds = 60 } = applicant
  const { token } = await api.get<{ token: string }>(`/api/public/forms/${slug}`)
  const { id } = await api.post<{ id: string }>(`/apply/${slug}`, {
    answers: {
      ...{ name: company, site: `https://${domain}`, first: 'Ingrid', last: 'Solvang' },
      email: `ingrid@${domain}`,
      ...(pitch && { pitch }),
    },
    agreements: ['terms'],
    token,
    seconds,
  })
  return id
}
