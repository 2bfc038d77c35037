import { fieldNamed, fieldOf } from '#web/admin/partners/edit/fields.ts'
import type { Activity } from '#worker/partners/schema.ts'

const LOGGED: Partial<Record<Activity['kind'], string>> = {
  meeting: 'logged a meeting',
  call: 'logged a call',
  email: 'logged an e-mail',
  note: 'wrote a note',
  created: 'added this partner',
  tier: 'changed the tier',
}

const LIST = new Intl.ListFormat('en')

/** What somebody did, to follow their name: "changed stage and tags". */
export function deedOf({ kind, fields }: Pick<Activity, 'kind' | 'fields'>): string {
  const said = LOGGED[kind]
  if (said) return said
  const words = fields.map((field) => {
    const name = fieldNamed(field)
    return name ? fieldOf(name).label.toLowerCase() : field
  })
  return words.length === 0 ? 'changed this partner' : `changed ${LIST.format(new Set(words))}`
}
