import Papa from 'papaparse'
import { beforeAll, expect, test } from 'vitest'
import formulas from '#worker/testing/corpora/csv_formula.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { type Organization, plantOrganization } from '#worker/testing/people.ts'
import { plantForm, plantSubmissions, plantVersion, SECTIONS } from '#worker/testing/submissions.ts'

const worker = new TestWorker()
let org: Organization
beforeAll(async () => {
  org = await plantOrganization(worker)
})

async function download(query = '', { owner } = org) {
  const response = await worker.request('GET', `/api/submissions/export.csv${query}`, {
    cookie: owner.cookie,
  })
  expect(response.status).toBe(200)
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { response, bytes, text: new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes) }
}
const cellsIn = (text: string) => Papa.parse<string[]>(text.replace(/^\ufeff/, '').replace(/\r\n$/, '')).data

test('an export of one form has a column for each question, in its newest words', async () => {
  const form = await plantForm(org, { name: 'Resellers' })
  const [company, you] = SECTIONS
  const newer = [
    {
      ...company,
      questions: company?.questions
        ?.filter(({ id }) => id !== 'country')
        .map((each) =>
          each.id === 'sells' ? { ...each, label: 'You sell', options: [{ id: 'o1', label: 'Apps' }] } : each,
        ),
    },
    you,
  ]
  await plantVersion(org.id, form, 2, { name: 'Resellers', sections: newer, content: contentOf() })
  const answers = [
    { questionId: 'name', value: 'Acme, "Inc."' },
    { questionId: 'country', value: 'FR' },
    { questionId: 'people', value: -7 },
    { questionId: 'sells', value: ['o1'] },
  ]
  await plantSubmissions(org, form, [
    { companyName: 'Older', answers },
    { companyName: 'Newer', answers, formVersion: 2, state: 'approved' },
    { companyName: 'Spam', suspected: true },
  ])
  const { response, bytes, text } = await download(`?form=${form}`)
  expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
  const day = new Date().toISOString().slice(0, 10)
  expect(response.headers.get('Content-Disposition')).toBe(`attachment; filename="applications-${day}.csv"`)
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [head = [], ...rows] = cellsIn(text)
  expect(head.slice(11)).toEqual([
    ...['Company', 'Website', 'Founded', 'People', 'You sell', 'Do you resell?'],
    ...['First name', 'Last name', 'E-mail', 'Country'],
  ])
  expect(rows.map((row) => [row[5], row[2], row[11], row[14], row[15], row[20]])).toEqual([
    ['Newer', 'Approved', 'Acme, "Inc."', '-7', 'Apps', ''],
    ['Older', 'New', 'Acme, "Inc."', '-7', 'Software', 'France'],
  ])
  expect(text).toContain(',-7,')
})

const contentOf = () => ({
  title: 't',
  description: '',
  submitLabel: 's',
  successMessage: '',
  language: 'en',
})

test('an export of several forms or of none has the columns that all have', async () => {
  const own = await plantOrganization(worker)
  const forms = [await plantForm(own), await plantForm(own)]
  await plantSubmissions(own, forms[0] ?? '', [
    { companyName: 'One' },
    { companyName: 'Rejected', state: 'rejected' },
  ])
  await plantSubmissions(own, forms[1] ?? '', [{ companyName: 'Two' }])
  for (const query of ['', `?form=${forms.join('&form=')}`]) {
    const [head = [], ...rows] = cellsIn((await download(query, own)).text)
    expect([head.length, rows.map((row) => row[5])]).toEqual([11, ['Two', 'Rejected', 'One']])
  }
  const companies = async (query: string) =>
    cellsIn((await download(query, own)).text)
      .slice(1)
      .map((row) => row[5])
  expect(await companies('?state=rejected')).toEqual(['Rejected'])
  expect(await companies('?search=two')).toEqual(['Two'])
  expect(await companies('?search=nobody')).toEqual([])
})

test('no cell of an export is a formula, and each can be read back as it was written', async () => {
  const hostile = payloads(formulas)
  expect(hostile.length).toBeGreaterThan(40)
  const own = await plantOrganization(worker)
  const form = await plantForm(own, {
    name: '=1+1',
    sections: [
      { ...SECTIONS[0], questions: [{ id: 'name', type: 'longText', label: '@SUM(1)', required: true }] },
    ] as typeof SECTIONS,
  })
  await plantSubmissions(
    own,
    form,
    hostile.map((text) => ({
      ...{ companyName: text, contactName: text, contactEmail: text, companyDomain: text },
      answers: [{ questionId: 'name', value: text }],
    })),
  )
  const { text } = await download(`?form=${form}`, own)
  const [head = [], ...rows] = cellsIn(text)
  expect(head[11]).toBe("'@SUM(1)")
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([])
  const back = (cell = '') =>
    /^[\s\p{Cf}]*'+[\s\p{Cf}]*[=+\-@＝＋－＠]|^'[\t\r\n]/u.test(cell) ? cell.replace("'", '') : cell
  for (const column of [5, 6, 7, 8, 11])
    expect(rows.map((row) => back(row[column])).toReversed()).toEqual(hostile)
})

test('an export of many is written page by page', async () => {
  const own = await plantOrganization(worker)
  const form = await plantForm(own)
  const long = 'x'.repeat(9_000)
  for (let made = 0; made < 1_200; made += 400)
    await plantSubmissions(
      own,
      form,
      Array.from({ length: 400 }, (_, at) => ({
        companyName: `Company ${made + at}`,
        answers: [{ questionId: 'name', value: long }],
      })),
    )
  const response = await worker.request('GET', `/api/submissions/export.csv?form=${form}`, {
    cookie: own.owner.cookie,
  })
  const decoder = new TextDecoder()
  let [text, largest] = ['', 0]
  for await (const chunk of response.body ?? []) {
    largest = Math.max(largest, chunk.byteLength)
    text += decoder.decode(chunk, { stream: true })
  }
  const rows = cellsIn(text).slice(1)
  expect(rows.map((row) => row[5])).toEqual(Array.from({ length: 1_200 }, (_, at) => `Company ${1_199 - at}`))
  expect(largest).toBeLessThan(3_000_000)
})
