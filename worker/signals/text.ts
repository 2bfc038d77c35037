/** Where a page may say its own encoding: https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding */
const PRESCAN = 1_024

/** A page's text: by its mark, by what its sender says, by what it says itself, else by what its bytes can be. */
export function decodePage(bytes: Uint8Array, contentType: string | null): string {
  const said = /charset\s*=\s*["']?([\w.:-]+)/i
  const head = String.fromCharCode(...bytes.subarray(0, PRESCAN))
  const charset = markOf(bytes) ?? said.exec(contentType ?? '')?.[1] ?? said.exec(metaOf(head))?.[1]
  return (
    (charset && decode(bytes, charset)) || decode(bytes, 'utf-8', true) || decode(bytes, 'windows-1252') || ''
  )
}

const metaOf = (head: string) => /<meta[^>]+charset[^>]*>/i.exec(head)?.[0] ?? ''

function markOf([first, second, third]: Uint8Array) {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return first === 0xff && second === 0xfe ? 'utf-16le' : null
}

/** Null when there is no such encoding, or, when it must fit, when the bytes are not in it. */
function decode(bytes: Uint8Array, charset: string, fatal = false): string | null {
  try {
    const text = new TextDecoder(charset, { fatal, ignoreBOM: false }).decode(bytes)
    // The last character of a page that was cut off may be half there.
    return text
  } catch {
    return null
  }
}

/** U+00A0 to U+00FF by their names in HTML. */
const LATIN =
  `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute
micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil
Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute
Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute
icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml`.split(
    /\s/,
  )

const NAMED = new Map([
  ...LATIN.map((name, at) => [name, String.fromCharCode(0xa0 + at)] as const),
  ...Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    lsaquo: '‹',
    rsaquo: '›',
    hellip: '…',
    bull: '•',
    trade: '™',
    euro: '€',
    vert: '|',
    verbar: '|',
    colon: ':',
    comma: ',',
    period: '.',
    excl: '!',
    num: '#',
    sol: '/',
    lpar: '(',
    rpar: ')',
    commat: '@',
    dash: '‐',
    rarr: '→',
    larr: '←',
    zwj: '\u200d',
    zwnj: '\u200c',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    OElig: 'Œ',
    oelig: 'œ',
    Scaron: 'Š',
    scaron: 'š',
    Zcaron: 'Ž',
    zcaron: 'ž',
    Ccaron: 'Č',
    ccaron: 'č',
    lstrok: 'ł',
    Lstrok: 'Ł',
    inodot: 'ı',
    scedil: 'ş',
    Scedil: 'Ş',
    gbreve: 'ğ',
  }),
])

/** Text with its character references read; one that is not known stays as it stands. */
export const decodeEntities = (text: string) =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]\w{1,30}));?/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return NAMED.get(name) ?? all
    return characterOf(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
  })

const CONTROLS = new TextDecoder('windows-1252')
/** Numbers from 128 to 159 mean what Windows meant by them; surrogates and numbers beyond Unicode mean nothing. */
function characterOf(code: number) {
  if (code >= 0x80 && code < 0xa0) return CONTROLS.decode(Uint8Array.of(code))
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
  return isCharacter ? String.fromCodePoint(code) : '\ufffd'
}

/** What people see of a text: one line, references read, without characters that cannot be stored or drawn. */
export const readable = (text: string, max: number) =>
  decodeEntities(text)
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .toWellFormed()
    .slice(0, max)
    .toWellFormed()
    .trim()
