import { expect, test } from 'vitest'
import { decodeEntities, decodePage, readable } from './text.ts'

test.each([
  ['&amp;lt;', '&lt;'],
  ['K&uuml;hne &amp; S&ouml;hne&trade;', 'Kühne & Söhne™'],
  ['&#8211; &#x2014; &#39;', "– — '"],
  ['&#150; as Windows meant it', '– as Windows meant it'],
  ['&nbsp', '\u00a0'],
  ['&nosuchthing; &;&#;', '&nosuchthing; &;&#;'],
  ['&#0;&#xD800;&#x110000;', '\ufffd\ufffd\ufffd'],
  ['AT&T', 'AT&T'],
])('%j reads %j', (written, read) => {
  expect(decodeEntities(written)).toBe(read)
})

test('what people see is one line without what cannot be drawn', () => {
  expect(readable(' Acme\n\t &nbsp; Corp&#0;\u0007 ', 100)).toBe('Acme Corp\ufffd')
  expect(readable('x\u{1f600}y', 2)).toBe('x\ufffd')
})

const bytes = (...all: number[]) => Uint8Array.from(all)
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)

test.each([
  ['what its sender says', latin('Söhne'), 'text/html; charset=ISO-8859-1', 'Söhne'],
  ['what its sender says in quotes', bytes(0x83, 0x65), 'text/html;charset="Shift_JIS"', 'テ'],
  [
    'what it says itself',
    latin('<meta charset="windows-1252">S\xf6hne\x99'),
    null,
    '<meta charset="windows-1252">Söhne™',
  ],
  [
    'what it says itself in the old manner',
    latin('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">\xb9'),
    'text/html',
    '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">š',
  ],
  ['its mark before all else', bytes(0xff, 0xfe, 0x41, 0), 'text/html; charset=utf-8', 'A'],
  ['its bytes when they are UTF-8', utf8('Söhne'), 'text/html', 'Söhne'],
  ['its bytes when they are not', latin('S\xf6hne'), 'text/html', 'Söhne'],
  ['its bytes when there is no such encoding', utf8('Söhne'), 'text/html; charset=klingon', 'Söhne'],
])('a page is read by %s', (_, page, type, text) => {
  expect(decodePage(page, type)).toBe(text)
})
