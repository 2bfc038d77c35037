import { FORM_ENTRIES } from '#worker/applications/entries.ts'
import { TestNotification } from '#worker/applications/schema.ts'
import { AccountChange, PasswordChange, PasswordReset, ResetRequest, SignIn } from '#worker/auth/schema.ts'
import { BulkDelete, BulkEdit } from '#worker/bulk/schema.ts'
import { LOGO_MAX } from '#worker/files/terms.ts'
import { type RouteEntry, registryOf } from '#worker/http/registry.ts'
import { LinkToken, MemberChange, NewMember, NewOrganization } from '#worker/organizations/schema.ts'
import { ContactChange, NewActivity, NewContact, NewPartner, PartnerChange } from '#worker/partners/schema.ts'
import { ProgramEdit } from '#worker/program/schema.ts'
import { ScoringRules, ScoringSettings } from '#worker/scoring/schema.ts'
import { IgnoredSuggestion } from '#worker/signals/schema.ts'
import { NewSubmission } from '#worker/submissions/schema.ts'
import { DefaultView, NewView, ViewChange } from '#worker/views/schema.ts'

const page = (path: string): RouteEntry => ({ method: 'GET', path, who: 'anyone', changes: [] })
const read = (path: string, who: RouteEntry['who']): RouteEntry => ({ method: 'GET', path, who, changes: [] })

const MAIL = ['deliveries', 'mail_links', 'limits']
/** What goes with a partner. */
const REMOVAL = [
  ...[
    'partners',
    'partner_counts',
    'partner_tags',
    'contacts',
    'scores',
    'score_history',
    'activity',
    'users',
  ],
  ...['accounts', 'sessions', 'deliveries', 'mail_links', 'idempotency_keys', 'audit_log', 'stray_files'],
  'bulk_changes',
  ...['tier_standings', 'tier_changes', 'domain_checks', 'signals', 'ignored_suggestions'],
]
const BULK = [
  ...['partners', 'partner_counts', 'partner_tags', 'activity', 'audit_log', 'bulk_edits', 'bulk_changes'],
  'tier_changes',
]

/** Every route that there is. One that is missing here answers 404, whatever code stands behind it. */
export const REGISTRY = registryOf([
  page('/'),
  page('/login'),
  page('/signup'),
  page('/reset-password'),
  page('/partners'),
  page('/partners/*'),
  page('/program'),
  page('/settings'),
  page('/settings/*'),
  page('/portal'),
  page('/portal/*'),

  {
    method: 'POST',
    path: '/api/auth/sign-in/email',
    who: 'anyone',
    changes: ['sessions', 'limits', 'contacts', 'partners'],
    body: SignIn,
  },
  { method: 'POST', path: '/api/auth/sign-out', who: 'user', changes: ['sessions'] },
  {
    method: 'POST',
    path: '/api/auth/request-password-reset',
    who: 'anyone',
    changes: MAIL,
    body: ResetRequest,
  },
  { method: 'POST', path: '/api/auth/link', who: 'anyone', changes: ['limits'], body: LinkToken },
  {
    method: 'POST',
    path: '/api/auth/reset-password',
    who: 'anyone',
    changes: [
      'limits',
      'mail_links',
      'users',
      'accounts',
      'sessions',
      'organizations',
      'members',
      'tracks',
      'program_tiers',
      'scoring_settings',
      'programs',
      'snapshots',
    ],
    body: PasswordReset,
  },
  read('/api/me', 'user'),
  { method: 'PATCH', path: '/api/me', who: 'user', changes: ['users', 'members'], body: AccountChange },
  {
    method: 'POST',
    path: '/api/account/password',
    who: 'user',
    changes: ['accounts', 'sessions', 'mail_links', 'limits'],
    body: PasswordChange,
  },
  read('/api/account/sessions', 'user'),
  { method: 'DELETE', path: '/api/account/sessions', who: 'user', changes: ['sessions'] },
  { method: 'DELETE', path: '/api/account/sessions/:id', who: 'user', changes: ['sessions'] },

  read('/api/sign-up', 'anyone'),
  { method: 'POST', path: '/api/organizations', who: 'anyone', changes: MAIL, body: NewOrganization },
  read('/api/members', 'viewer'),
  {
    method: 'POST',
    path: '/api/members',
    who: 'admin',
    changes: [...MAIL, 'members', 'users', 'audit_log'],
    body: NewMember,
  },
  {
    method: 'PATCH',
    path: '/api/members/:id',
    who: 'admin',
    changes: ['members', 'audit_log'],
    body: MemberChange,
  },
  {
    method: 'DELETE',
    path: '/api/members/:id',
    who: 'admin',
    changes: ['members', 'sessions', 'partners', 'partner_counts', 'views', 'mail_links', 'audit_log'],
  },
  { method: 'POST', path: '/api/members/:id/invitation', who: 'admin', changes: MAIL },

  read('/api/program', 'viewer'),
  {
    method: 'PUT',
    path: '/api/program',
    who: 'admin',
    changes: [
      ...['programs', 'tracks', 'program_tiers', 'snapshots', 'partners', 'tier_changes', 'audit_log'],
      'scoring_settings',
    ],
    body: ProgramEdit,
  },
  { method: 'POST', path: '/api/program/simulate', who: 'admin', changes: [], body: ProgramEdit },
  read('/api/program/versions', 'viewer'),
  read('/api/program/versions/:n', 'viewer'),
  read('/api/scoring', 'viewer'),
  {
    method: 'PUT',
    path: '/api/scoring',
    who: 'admin',
    changes: ['scoring_settings', 'partners', 'audit_log'],
    body: ScoringSettings,
  },
  read('/api/scoring/progress', 'viewer'),
  { method: 'POST', path: '/api/scoring/preview', who: 'admin', changes: [], body: ScoringRules },
  read('/api/partners', 'viewer'),
  read('/api/partners/groups', 'viewer'),
  read('/api/partners/rows', 'viewer'),
  read('/api/partners/changes', 'viewer'),
  read('/api/partners/tags', 'viewer'),
  {
    method: 'POST',
    path: '/api/partners',
    who: 'manager',
    changes: [
      'partners',
      'partner_counts',
      'partner_tags',
      'contacts',
      'users',
      'audit_log',
      'idempotency_keys',
      'tier_changes',
      'tier_standings',
    ],
    body: NewPartner,
  },
  read('/api/partners/:id', 'viewer'),
  {
    method: 'PATCH',
    path: '/api/partners/:id',
    who: 'manager',
    changes: [
      ...['partners', 'partner_counts', 'partner_tags', 'activity', 'audit_log'],
      ...['tier_changes', 'tier_standings', 'domain_checks', 'signals', 'stray_files'],
    ],
    body: PartnerChange,
  },
  { method: 'DELETE', path: '/api/partners/:id', who: 'admin', changes: REMOVAL },
  { method: 'POST', path: '/api/partners/delete', who: 'admin', changes: REMOVAL, body: BulkDelete },
  { method: 'POST', path: '/api/partners/bulk', who: 'manager', changes: BULK, body: BulkEdit },
  { method: 'POST', path: '/api/partners/bulk/:id/undo', who: 'manager', changes: BULK },
  {
    method: 'PUT',
    path: '/api/partners/:id/logo',
    who: 'manager',
    changes: ['partners', 'stray_files', 'activity', 'audit_log'],
    bytesMax: LOGO_MAX,
  },
  {
    method: 'DELETE',
    path: '/api/partners/:id/logo',
    who: 'manager',
    changes: ['partners', 'stray_files', 'activity', 'audit_log'],
  },
  read('/api/partners/:id/activity', 'viewer'),
  {
    method: 'POST',
    path: '/api/partners/:id/activity',
    who: 'manager',
    changes: ['activity', 'partners'],
    body: NewActivity,
  },
  read('/api/partners/:id/contacts', 'viewer'),
  {
    method: 'POST',
    path: '/api/partners/:id/contacts',
    who: 'manager',
    changes: ['contacts', 'users', 'partners', 'activity'],
    body: NewContact,
  },
  {
    method: 'PATCH',
    path: '/api/partners/:id/contacts/:contactId',
    who: 'manager',
    changes: ['contacts', 'users', 'partners', 'activity'],
    body: ContactChange,
  },
  {
    method: 'DELETE',
    path: '/api/partners/:id/contacts/:contactId',
    who: 'manager',
    changes: [
      ...['contacts', 'users', 'accounts', 'sessions', 'deliveries', 'mail_links'],
      ...['partners', 'activity', 'audit_log'],
    ],
  },
  read('/api/partners/:id/scores', 'viewer'),
  read('/api/partners/:id/tiers', 'viewer'),
  { method: 'POST', path: '/api/partners/:id/scores/refresh', who: 'manager', changes: ['partners'] },

  read('/api/partners/:id/signals', 'viewer'),
  {
    method: 'POST',
    path: '/api/partners/:id/suggestions/ignore',
    who: 'manager',
    changes: ['ignored_suggestions'],
    body: IgnoredSuggestion,
  },
  {
    method: 'POST',
    path: '/api/partners/:id/suggestions/logo',
    who: 'manager',
    changes: ['partners', 'stray_files', 'activity', 'audit_log'],
  },

  { ...read('/files/:key', 'viewer'), cache: 'private' },

  { ...page('/apply/:slug'), origin: 'any', cache: 'public', query: '?embed=1' },
  { ...page('/apply/:slug/thanks'), origin: 'any', cache: 'public', query: '?embed=1' },
  { ...page('/embed.js'), origin: 'any', cache: 'public' },
  { ...read('/api/public/forms/:slug', 'anyone'), origin: 'any' },
  {
    method: 'POST',
    path: '/apply/:slug',
    who: 'anyone',
    origin: 'any',
    changes: ['submissions', 'submission_counts', 'submit_tries', 'deliveries', 'forms', 'audit_log'],
    body: NewSubmission,
  },
  {
    method: 'POST',
    path: '/api/forms/:id/test-notification',
    who: 'manager',
    changes: ['limits'],
    body: TestNotification,
  },
  {
    method: 'POST',
    path: '/api/deliveries/:id/resend',
    who: 'manager',
    changes: ['deliveries', 'submission_events', 'audit_log'],
  },
  { method: 'OPTIONS', path: '/apply/:slug', who: 'anyone', origin: 'any', changes: [] },

  read('/api/views', 'viewer'),
  { method: 'POST', path: '/api/views', who: 'viewer', changes: ['views'], body: NewView },
  { method: 'PUT', path: '/api/views/default', who: 'viewer', changes: ['members'], body: DefaultView },
  { method: 'PATCH', path: '/api/views/:id', who: 'viewer', changes: ['views'], body: ViewChange },
  { method: 'DELETE', path: '/api/views/:id', who: 'viewer', changes: ['views'] },

  ...FORM_ENTRIES,
  { ...read('/form-files/:key', 'anyone'), cache: 'public' },
])
