import { expect, test } from 'vitest';
import { readSamlXml } from './checkXml.ts';

const encode = (xml: string) => Buffer.from(xml, 'utf8').toString('base64');
const good =
  '<?xml version="1.0" encoding="UTF-8"?><a><b Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/></a>';

test('an honest document passes, with and without its declaration', () => {
  expect(readSamlXml(encode(good))).toBe(good);
  expect(readSamlXml(encode('<a>é</a>'))).toBe('<a>é</a>');
});

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['a comment', '<a>admin@example.org<!---->.evil.example</a>'],
  ['CDATA', '<a><![CDATA[x]]></a>'],
  ['a processing instruction', '<a><?php x ?></a>'],
  ['a declaration in the middle', '<a><?xml version="1.0"?></a>'],
  ['SHA-1', '<a Algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1"/>'],
  ['a secret key', "<a Algorithm='http://www.w3.org/2000/09/xmldsig#hmac-sha1'/>"],
  ['XPath as a transform', '<a Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"/>'],
  ['an algorithm in disguise', '<a Algorithm="http://www.w3.org/2000/09/xmldsig&#35;rsa-sha1"/>'],
  ['elements inside each other without end', '<a>'.repeat(20_000)],
  ['such elements, hidden behind quotes', '<a b="/>">'.repeat(41)],
  ['elements without number', `<a>${'<b/>'.repeat(9_000)}</a>`],
  ['a tag without an end', '<a b="'],
  ['too much', `<a>${'x'.repeat(140_000)}</a>`],
])('%s is refused', (_what, xml) => {
  expect(() => readSamlXml(encode(xml))).toThrow('sign_on.failed');
});

test('what is no base64 or no UTF-8 is refused', () => {
  expect(() => readSamlXml('<a/>')).toThrow('sign_on.failed');
  expect(() => readSamlXml(Buffer.from([0x3c, 0xff, 0xfe]).toString('base64'))).toThrow('sign_on.failed');
  expect(() => readSamlXml('')).toThrow('sign_on.failed');
});
