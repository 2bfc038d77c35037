import type { Form, Section } from '#worker/applications/schema.ts'
import type { NewFormBody } from './bodies.ts'

const NAME_MAX = 200

/**
 * A new form like this one. Files belong to the form that they were uploaded to, and the webhook is known to the server
 * alone, so neither goes along.
 */
export const copyOf = ({
  name,
  sections,
  design,
  content,
  share,
  notifications,
  dailyCap,
}: Form): NewFormBody => ({
  name: `Copy of ${name}`.slice(0, NAME_MAX),
  sections: sections.map(withoutFile),
  design: { ...design, bannerUrl: null },
  content,
  share,
  notifications: { emails: notifications.emails, rhythm: notifications.rhythm },
  dailyCap,
})

const withoutFile = (section: Section): Section =>
  section.kind === 'agreement' ? { ...section, documentUrl: null } : section
