/** Companies and people as a directory holds them: accents, legal forms, names that repeat. The same for every run. */
const words = (text: string) => text.split(/\s+/)

const FIRST =
  words(`Nordwind Émeraude Altavista Łódź Brightwater Cobalt Copper Delta Ember Falke Granit Harbour Ibérica
  Juniper Kestrel Lumière Meridian Nimbus Öresund Pacific Quantum Rhône Sable Sequoia Tangent Umbra Vega Westfjord Xylem
  Yarrow Zürich Ålesund Bluestone Cascade Dvořák Evergreen Fjord Glacier Horizon Indigo`)
const SECOND =
  words(`Systems Analytics Cloud Partners Software Consulting Networks Security Data Digital Logistics Health
  Robotics Payments Commerce Energy Media Mobility Labs Solutions Technologies Interactive Industries Group Research`)
const FORMS = ['', ' GmbH', ' AG', ' Ltd', ' S.r.l.', ' SAS', ' Inc.', ' AB', ' B.V.', ' S.A.']
const GIVEN = words('Ada Björn Chloé Dmitri Elena Farah Grace Hiro Inés Jonas Kaja Luca')
const FAMILY = words('Lovelace Åberg Dubois Petrov García Haddad Hopper Tanaka Weiß Rossi')
/** Where a company of the same name has a house. */
export const CITIES =
  words(`Wien Graz Linz Bern Basel Genf Berlin Hamburg München Köln Leipzig Paris Lyon Lille Nantes
  Madrid Sevilla Bilbao Porto Lisboa Roma Milano Torino Napoli Oslo Bergen Malmö Göteborg Helsinki Tampere Tallinn Riga
  Vilnius Warszawa Kraków Gdańsk Praha Brno Budapest Zagreb London Leeds Dublin Boston`)

/** One of `values` by a number, or null once in so many. */
export function oneOf<T>(values: readonly T[], at: number, nullEvery = 0): T | null {
  if (nullEvery > 0 && spread(at, 40_503) % nullEvery === 0) return null
  return values[spread(at, 2_654_435_761 + values.length * 2) % values.length] ?? null
}

/** Tears neighbours apart, so that no column follows another. */
const spread = (at: number, by: number) => (Math.imul(at + 1, by) >>> 7) & 0xffff

export const companyName = (at: number) =>
  `${FIRST[at % 40]} ${SECOND[Math.floor(at / 40) % 25]}${oneOf(FORMS, at)}`

export const personName = (at: number) => ({
  first: GIVEN[at % GIVEN.length] ?? '',
  last: FAMILY[Math.floor(at / 7) % FAMILY.length] ?? '',
})

/** The letters and digits of a name, for a host name. */
export const hostOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
