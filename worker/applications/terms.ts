/** What a question can ask for, in the order in which the builder offers them. */
export const QUESTION_TYPES = [
  'text',
  'longText',
  'email',
  'url',
  'phone',
  'number',
  'date',
  'country',
  'select',
  'multiSelect',
  'checkbox',
] as const
export type QuestionType = (typeof QUESTION_TYPES)[number]
export const QUESTION_TYPE_LABELS: Record<QuestionType, string> = {
  text: 'Short text',
  longText: 'Long text',
  email: 'E-mail',
  url: 'Web address',
  phone: 'Phone number',
  number: 'Number',
  date: 'Date',
  country: 'Country',
  select: 'One of several',
  multiSelect: 'Any of several',
  checkbox: 'Tick box',
}

/** What an answer tells of the company and its contact, so that a submission knows whom it is from. */
export const MAPPINGS = [
  'companyName',
  'companyDomain',
  'contactFirstName',
  'contactLastName',
  'contactEmail',
] as const
export type Mapping = (typeof MAPPINGS)[number]
export const MAPPING_LABELS: Record<Mapping, string> = {
  companyName: 'Company name',
  companyDomain: 'Company domain',
  contactFirstName: "Contact's first name",
  contactLastName: "Contact's last name",
  contactEmail: "Contact's e-mail",
}
/** Types of question that can say each of them. */
export const MAPPING_TYPES: Record<Mapping, readonly QuestionType[]> = {
  companyName: ['text'],
  companyDomain: ['text', 'url'],
  contactFirstName: ['text'],
  contactLastName: ['text'],
  contactEmail: ['email'],
}

export const FORM_STATES = ['draft', 'published', 'closed'] as const
export type FormState = (typeof FORM_STATES)[number]
export const FORM_STATE_LABELS: Record<FormState, string> = {
  draft: 'Draft',
  published: 'Published',
  closed: 'Closed',
}

export const FONTS = ['system', 'serif', 'mono', 'rounded', 'humanist'] as const
export type Font = (typeof FONTS)[number]
export const FONT_LABELS: Record<Font, string> = {
  system: 'System',
  serif: 'Serif',
  mono: 'Monospaced',
  rounded: 'Rounded',
  humanist: 'Humanist',
}

/** Pixels. */
export const BANNER_HEIGHT = { min: 80, max: 400, initial: 160 } as const
/** Bytes of a banner and of a document, at most: 5 MiB. */
export const BANNER_MAX = 5 * 1_024 * 1_024
export const DOCUMENT_MAX = 5 * 1_024 * 1_024

export const RHYTHMS = ['each', 'daily'] as const
export type Rhythm = (typeof RHYTHMS)[number]

/** E-mail addresses that are told of a submission, at most. */
export const RECIPIENTS_MAX = 20
export const SECTIONS_MAX = 50
/** Questions of one form, at most. */
export const QUESTIONS_MAX = 100
export const OPTIONS_MAX = 100
/** Sites that may embed a form, at most. */
export const SITES_MAX = 100

export const ALERT_CHANNELS = ['email', 'slack'] as const
export type AlertChannel = (typeof ALERT_CHANNELS)[number]

/** Longest answer, where a question sets no limit of its own. */
export const ANSWER_MAX: Partial<Record<QuestionType, number>> = {
  text: 200,
  longText: 10_000,
  email: 254,
  url: 2_000,
  phone: 50,
}

/** ISO 3166 alpha-2. Names come from `Intl.DisplayNames`. */
export const COUNTRIES = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD ' +
  'CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG ' +
  'GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR ' +
  'KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF ' +
  'NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM ' +
  'SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE ' +
  'YT ZA ZM ZW'
).split(' ')
