import { REGIONS, type Region } from '#worker/partners/terms.ts'

/** ISO 3166 alpha-2 codes by the region of the directory that they belong to. */
const COUNTRIES: Record<Region, string> = {
  'north-america': 'US CA BM GL PM UM',
  'latin-america':
    'MX GT BZ SV HN NI CR PA CU DO HT JM PR BS BB TT GD LC VC DM AG KN AI AW BL BQ CW GF GP KY MF MQ MS SX TC VG VI ' +
    'CO VE GY SR EC PE BR BO PY UY AR CL FK GS',
  'uk-ireland': 'GB IE IM JE GG GI',
  dach: 'DE AT CH LI',
  nordics: 'DK SE NO FI IS FO AX SJ',
  benelux: 'BE NL LU',
  france: 'FR MC',
  'southern-europe': 'ES PT IT GR CY MT AD SM VA',
  cee: 'PL CZ SK HU RO BG SI HR BA RS ME MK AL XK EE LV LT UA BY MD RU GE AM AZ KZ KG TJ TM UZ MN',
  'middle-east': 'AE SA QA KW BH OM YE IQ IR SY LB JO IL PS TR',
  africa:
    'DZ AO BJ BW BF BI CM CV CF TD KM CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML MR MU MA MZ NA NE ' +
    'NG RW ST SN SC SL SO ZA SS SD TZ TG TN UG ZM ZW EH RE YT SH IO TF BV',
  'south-asia': 'IN PK BD LK NP BT MV AF',
  'southeast-asia': 'SG MY TH VN ID PH MM KH LA BN TL',
  'greater-china': 'CN HK MO TW',
  'japan-korea': 'JP KR KP',
  anz: 'AU NZ FJ PG SB VU NC PF WS TO TV KI FM MH NR PW CK NU NF PN TK WF AS GU MP CX CC HM AQ',
  global: '',
}

const REGION_OF = new Map(
  REGIONS.flatMap((region) =>
    COUNTRIES[region]
      .split(' ')
      .filter(Boolean)
      .map((code) => [code, region] as const),
  ),
)

export const regionOf = (country: string): Region | null => REGION_OF.get(country) ?? null

/** What people write besides the code and the name. */
const ALIASES: Record<string, string> = {
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  usa: 'US',
  'united states of america': 'US',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  uae: 'AE',
}
/** In whose words companies spell their country. */
const SPELLINGS = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl']

let names: Map<string, string> | undefined

/** The code of a country, from its code or its name in a language of those who write it; null when it is none. */
export function countryCode(text: string): string | null {
  const code = text.toUpperCase()
  if (REGION_OF.has(code)) return code
  // Some thousand names: only made when somebody writes one.
  names ??= new Map(
    SPELLINGS.flatMap((language) => {
      const display = new Intl.DisplayNames(language, { type: 'region' })
      return [...REGION_OF.keys()].map((each) => [(display.of(each) ?? each).toLowerCase(), each] as const)
    }),
  )
  return ALIASES[text.toLowerCase()] ?? names.get(text.toLowerCase()) ?? alpha3(code)
}

const alpha3 = (code: string) => (code.length === 3 ? (ALPHA_3.get(code) ?? null) : null)
/** The three letters of those countries that are most often written so. */
const ALPHA_3 = new Map(
  'USA:US CAN:CA GBR:GB IRL:IE DEU:DE AUT:AT CHE:CH LIE:LI FRA:FR ESP:ES PRT:PT ITA:IT NLD:NL BEL:BE LUX:LU DNK:DK SWE:SE NOR:NO FIN:FI ISL:IS POL:PL CZE:CZ HUN:HU ROU:RO JPN:JP KOR:KR CHN:CN HKG:HK TWN:TW IND:IN SGP:SG AUS:AU NZL:NZ BRA:BR MEX:MX ZAF:ZA ISR:IL ARE:AE TUR:TR'
    .split(' ')
    .map((pair) => [pair.slice(0, 3), pair.slice(4)] as const),
)
