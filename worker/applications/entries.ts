import type { RouteEntry } from '#worker/http/registry.ts'
import { FormChange, NewForm } from './schema.ts'
import { BANNER_MAX, DOCUMENT_MAX } from './terms.ts'

/** What a save writes. */
const SAVE = ['forms', 'snapshots', 'audit_log']
const UPLOAD = [...SAVE, 'form_files', 'stray_files']

/** The routes of forms, for the registry. */
export const FORM_ENTRIES: readonly RouteEntry[] = [
  { method: 'GET', path: '/api/forms', who: 'viewer', changes: [] },
  { method: 'POST', path: '/api/forms', who: 'manager', changes: SAVE, body: NewForm },
  { method: 'GET', path: '/api/forms/:id', who: 'viewer', changes: [] },
  { method: 'PATCH', path: '/api/forms/:id', who: 'manager', changes: SAVE, body: FormChange },
  { method: 'DELETE', path: '/api/forms/:id', who: 'manager', changes: UPLOAD },
  { method: 'PUT', path: '/api/forms/:id/banner', who: 'manager', changes: UPLOAD, bytesMax: BANNER_MAX },
  {
    method: 'PUT',
    path: '/api/forms/:id/sections/:sectionId/document',
    who: 'manager',
    changes: UPLOAD,
    bytesMax: DOCUMENT_MAX,
  },
]
