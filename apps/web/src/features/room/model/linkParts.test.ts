import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkParts } from './linkParts.ts';

const links = (text: string) => linkParts(text).flatMap((part) => (part.kind === 'link' ? [part] : []));
const hosts = (text: string) => links(text).map(({ host }) => host);

describe('links in a message', () => {
  it('are found among words, without the punctuation after them', () => {
    expect(linkParts('See https://example.org/a?b=c#d, please.')).toEqual([
      { kind: 'text', text: 'See ' },
      {
        kind: 'link',
        href: 'https://example.org/a?b=c#d',
        scheme: 'https://',
        credentials: '',
        host: 'example.org',
        rest: '/a?b=c#d',
        hidden: false,
      },
      { kind: 'text', text: ', please.' },
    ]);
    expect(links('(https://en.wikipedia.org/wiki/Key_(lock))')[0]?.href).toBe(
      'https://en.wikipedia.org/wiki/Key_(lock)',
    );
  });

  it('name the host that is really opened', () => {
    // A Cyrillic "а", and a host that only begins like a known one.
    expect(hosts('https://аpple.com/')).toEqual(['xn--pple-43d.com']);
    expect(hosts('https://example.org.evil.test/login')).toEqual(['example.org.evil.test']);
    expect(hosts('https://ExAmPle.ORG:8443/')).toEqual(['example.org:8443']);
  });

  it('show what stands before the host apart from it', () => {
    expect(links('https://bank.com@evil.test/')).toMatchObject([
      { credentials: 'bank.com@', host: 'evil.test' },
    ]);
    expect(links('https://user:pass@evil.test/')).toMatchObject([
      { credentials: 'user:pass@', host: 'evil.test' },
    ]);
  });

  it('tell whether something in them or beside them cannot be seen or turns characters around', () => {
    const hidden = (text: string) => links(text).map((link) => link.hidden);
    expect(hidden('https://example.org/\u202egpj.exe')).toEqual([true]);
    expect(hidden('\u2067https://example.org/')).toEqual([true]);
    expect(hidden('https://exam\u00adple.org/a')).toEqual([true]);
    expect(hidden('https://example.org/a\u200bb')).toEqual([true]);
    expect(hidden('שלום \u200fhttps://example.org/ \u202e')).toEqual([false]);
  });

  it('are no links when they are no addresses of the web', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'https://'])
      expect(links(text), text).toEqual([]);
    expect(hosts('https://example.org/\u202egpj.exe')).toEqual(['example.org']);
  });

  it('are http or https whatever is written, and no text is lost beside them', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' }))), (pieces) => {
        const text = pieces.join(' ');
        for (const { href } of links(text)) expect(href).toMatch(/^https?:\/\//);
        const words = linkParts(text).filter(({ kind }) => kind === 'text');
        let at = 0;
        for (const part of words) {
          if (part.kind !== 'text') continue;
          const found = text.indexOf(part.text, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + part.text.length;
        }
        if (links(text).length === 0)
          expect(words.map((part) => ('text' in part ? part.text : ''))).toEqual(text === '' ? [] : [text]);
      }),
    );
  });
});
