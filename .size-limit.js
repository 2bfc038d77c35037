import { readdirSync, readFileSync } from 'node:fs'

/** The scripts that a page loads before it can be used: its own and those that it names for preloading. */
const scriptsOf = (app) =>
  [
    ...readFileSync(`dist/client/web/${app}/index.html`, 'utf8').matchAll(
      /(?:src|href)="(\/assets\/[^"]+\.js)"/g,
    ),
  ].map(([, path]) => `dist/client${path}`)

/** A module of the Worker with everything that it imports statically: what a cold request evaluates. */
function closureOf(file, seen = new Set()) {
  if (seen.has(file)) return seen
  seen.add(file)
  const code = readFileSync(`dist/entente/${file}`, 'utf8')
  for (const [, path] of code.matchAll(/(?:^|[;}\s])(?:import|export)[^;'"()]*["']\.\/([^"']+\.js)["']/g)) {
    closureOf(file.startsWith('assets/') && !path.startsWith('assets/') ? `assets/${path}` : path, seen)
  }
  return seen
}
const inWorker = (file) => `dist/entente/${file}`
const chunks = readdirSync('dist/entente/assets').filter((name) => name.endsWith('.js'))
/** What a cold request for a public form evaluates besides. */
const drawing = `assets/${chunks.find((name) => name.startsWith('document-'))}`

export default [
  { name: 'admin until the table is usable', path: scriptsOf('admin'), brotli: true, limit: '45 kB' },
  { name: 'portal', path: scriptsOf('portal'), brotli: true, limit: '45 kB' },
  {
    name: 'Worker, evaluated cold',
    path: [...closureOf('index.js')].map(inWorker),
    gzip: true,
    limit: '120 kB',
  },
  {
    name: 'public form, evaluated cold',
    path: [...closureOf(drawing, closureOf('index.js'))].map(inWorker),
    gzip: true,
    limit: '180 kB',
  },
  {
    name: 'Worker, whole',
    path: ['dist/entente/index.js', ...chunks.map((name) => inWorker(`assets/${name}`))],
    gzip: true,
    limit: '400 kB',
  },
]
