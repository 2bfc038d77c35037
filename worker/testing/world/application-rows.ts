import { newId } from '#worker/db/ids.ts'
import type { Row } from './row.ts'
import type { Side } from './side.ts'

const DAY_MS = 86_400_000

const DESIGN = {
  bannerUrl: null,
  bannerColor: '#1a56db',
  bannerHeight: 160,
  font: 'system',
  accent: '#1a56db',
}

/**
 * A published form with what one applicant sent through it, its notes and an alert that failed; and a draft that nobody
 * has answered.
 */
export const applicationRows = (side: Side, now: number): Row[] => [
  ...formRows(side),
  spareForm(side),
  ...submissionRows(side, now),
]

/** What the form asks and says. */
function formParts({ mark, ids }: Side) {
  const sections = [
    {
      id: 's1',
      kind: 'fields',
      title: `${mark} section`,
      questions: [
        { id: 'company', type: 'text', label: `${mark} question`, required: true, mapsTo: 'companyName' },
      ],
    },
    { id: ids.section, kind: 'agreement', title: `${mark} agreement`, text: `${mark} terms` },
  ]
  const content = {
    title: `${mark} title`,
    description: `${mark} description`,
    submitLabel: `${mark} send`,
    successMessage: `${mark} thanks`,
    language: 'en',
  }
  return { sections, design: DESIGN, content }
}

function formRows(side: Side): Row[] {
  const { mark, orgId, ids, people } = side
  const parts = formParts(side)
  const version = {
    ...parts,
    name: `${mark} form`,
    html: { description: `<p>${mark} description</p>`, agreements: { s2: `<p>${mark} terms</p>` } },
    fingerprints: { s2: { text: `${mark} text hash`, document: null } },
    changed: null,
  }
  return [
    [
      'forms',
      {
        id: ids.form,
        org_id: orgId,
        name: `${mark} form`,
        slug: ids.slug,
        state: 'published',
        version: 1,
        published_version: 1,
        sections: JSON.stringify(parts.sections),
        design: JSON.stringify(parts.design),
        content: JSON.stringify(parts.content),
        share: JSON.stringify({
          public: true,
          embed: true,
          sites: [`https://${mark.toLowerCase()}.example`],
        }),
        emails: JSON.stringify([`alerts.${mark}@people.example`.toLowerCase()]),
        slack_webhook: `${mark} encrypted`,
        slack_hint: `${mark} hint`,
        created_at: 0,
        updated_at: 0,
      },
    ],
    [
      'form_files',
      {
        org_id: orgId,
        form_id: ids.form,
        key: ids.formFile,
        kind: 'banner',
        bytes: 1,
        sha256: `${mark} hash`,
        created_at: 0,
      },
    ],
    [
      'snapshots',
      {
        org_id: orgId,
        kind: 'form',
        subject_id: ids.form,
        n: 1,
        content: JSON.stringify(version),
        actor_id: people.admin.userId,
        actor_name: `${mark} admin`,
        at: 0,
      },
    ],
  ]
}

function spareForm(side: Side): Row {
  const { sections, design, content } = formParts(side)
  return [
    'forms',
    {
      id: side.ids.spareForm,
      org_id: side.orgId,
      name: `${side.mark} spare form`,
      slug: `${side.ids.slug}-spare`,
      sections: JSON.stringify(sections),
      design: JSON.stringify(design),
      content: JSON.stringify(content),
      share: JSON.stringify({ public: true, embed: false, sites: [] }),
      created_at: 0,
      updated_at: 0,
    },
  ]
}

function submissionRows({ mark, orgId, ids, people }: Side, now: number): Row[] {
  const of = { org_id: orgId, submission_id: ids.submission }
  return [
    [
      'submissions',
      {
        id: ids.submission,
        org_id: orgId,
        form_id: ids.form,
        form_version: 1,
        company_name: `${mark} company`,
        company_domain: `${mark}-applicant.example`.toLowerCase(),
        contact_name: `${mark} applicant`,
        contact_email: `applicant@${mark}.example`.toLowerCase(),
        idempotency_key: `${mark} key`,
        body_hash: `${mark} hash`,
        submitted_at: now - DAY_MS,
        country: mark,
        suspicions: JSON.stringify([mark]),
        answers: JSON.stringify([{ questionId: 'company', value: `${mark} answer` }]),
        agreements: JSON.stringify(['s2']),
      },
    ],
    [
      'submission_events',
      {
        ...of,
        id: newId('sev'),
        kind: 'note',
        reason: `${mark} reason`,
        text: `${mark} note`,
        actor_id: people.admin.userId,
        actor_name: `${mark} admin`,
        at: 0,
      },
    ],
    [
      'deliveries',
      {
        ...of,
        id: ids.delivery,
        purpose: 'application',
        channel: 'email',
        recipient: `alerts.${mark}@people.example`.toLowerCase(),
        state: 'failed',
        last_error: mark,
        next_try_at: now,
        request_id: mark,
        created_at: now,
        detail: JSON.stringify({ mark }),
        topic: mark,
      },
    ],
  ]
}
