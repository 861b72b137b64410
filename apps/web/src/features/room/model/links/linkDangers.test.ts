import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkParts } from '../linkParts.ts';
import { type LinkDanger, linkDangers } from './linkDangers.ts';
import ordinaryLinks from './ordinaryLinks.txt?raw';

const own = 'https://meet.firm-example.com';
const kinds = (href: string) => linkDangers(linkOf(href), own).map(({ kind }) => kind);

/** Suspicious links, and the first reason that is given. */
const suspicious: readonly (readonly [link: string, reason: LinkDanger['kind'], alike?: string])[] = [
  ['https://аpple.com/', 'looks-like', 'apple.com'],
  ['https://xn--pple-43d.com/', 'looks-like', 'apple.com'],
  ['https://аррӏе.com/', 'looks-like', 'apple.com'],
  ['https://pаypal.com/signin', 'looks-like', 'paypal.com'],
  ['https://раураӏ.com/', 'looks-like', 'paypal.com'],
  ['https://gοοgle.com/', 'looks-like', 'google.com'],
  ['https://göögle.com/', 'looks-like', 'google.com'],
  ['https://micrоsоft.com/', 'looks-like', 'microsoft.com'],
  ['https://micrօsօft.com/', 'looks-like', 'microsoft.com'],
  ['https://rnicrosoft.com/', 'looks-like', 'microsoft.com'],
  ['https://rnicrosoftonline.com/', 'looks-like', 'microsoftonline.com'],
  ['https://paypa1.com/', 'looks-like', 'paypal.com'],
  ['https://paypaI.com/', 'looks-like', 'paypal.com'],
  ['https://g00gle.com/', 'looks-like', 'google.com'],
  ['https://faceb00k.com/', 'looks-like', 'facebook.com'],
  ['https://arnazon.com/', 'looks-like', 'amazon.com'],
  ['https://amaz0n.co.uk/', 'looks-like', 'amazon.com'],
  ['https://netfIix.com/', 'looks-like', 'netflix.com'],
  ['https://vvhatsapp.com/', 'looks-like', 'whatsapp.com'],
  ['https://app1e.com/', 'looks-like', 'apple.com'],
  ['https://gogle.com/', 'looks-like', 'google.com'],
  ['https://googel.com/', 'looks-like', 'google.com'],
  ['https://gitub.com/', 'looks-like', 'github.com'],
  ['https://linkedln.com/', 'looks-like', 'linkedin.com'],
  ['https://dropboxx.com/', 'looks-like', 'dropbox.com'],
  ['https://instagrarn.com/', 'looks-like', 'instagram.com'],
  ['https://paypal.com.evil.example/login', 'looks-like', 'paypal.com'],
  ['https://www.paypal.com.secure.evil.example/', 'looks-like', 'paypal.com'],
  ['https://accounts.google.com.session.example.net/', 'looks-like', 'google.com'],
  ['https://google.com%2eevil.example/', 'looks-like', 'google.com'],
  ['https://paypal-com.evil.example/', 'looks-like', 'paypal.com'],
  ['https://www.apple.com-support.example.net/', 'looks-like', 'apple.com'],
  ['https://paypal-login.com/', 'looks-like', 'paypal.com'],
  ['https://secure-paypal.com/', 'looks-like', 'paypal.com'],
  ['https://microsoft-support.net/', 'looks-like', 'microsoft.com'],
  ['https://loginmicrosoft.com/', 'looks-like', 'microsoft.com'],
  ['https://sparkasse-sicherheit.de/', 'looks-like', 'sparkasse.de'],
  ['https://meet-firm-example.com/', 'looks-like', 'meet.firm-example.com'],
  ['https://meet.firm-examp1e.com/', 'looks-like', 'firm-example.com'],
  ['https://meet.firm-exarnple.com/', 'looks-like', 'firm-example.com'],
  ['https://meet.firm-example.co/', 'looks-like', 'meet.firm-example.com'],
  ['https://meet.firm-example.com.evil.example/m/abc', 'looks-like', 'firm-example.com'],
  ['https://exаmple.org/', 'letters'],
  ['https://сосо.com/', 'letters'],
  ['https://gоvernment-οffice.org/', 'letters'],
  ['https://i❤.ws/', 'letters'],
  ['https://example.org⁄login.evil.example/', 'letters'],
  ['https://bank.com@evil.example/', 'credentials'],
  ['https://user:pass@evil.example/', 'credentials'],
  ['https://www.google.com:443@evil.example/', 'credentials'],
  ['https://example.org/setup.exe', 'program'],
  ['https://example.org/invoice.pdf.EXE?x=1#y', 'program'],
  ['https://example.org/get/Update.msi', 'program'],
  ['https://example.org/app.apk', 'program'],
  ['https://example.org/Installer.dmg', 'program'],
  ['https://example.org/photo.jpg.scr', 'program'],
  ['https://example.org/invoice.js', 'program'],
  ['https://example.org/a.ex%65', 'program'],
  ['https://example.org/download?file=setup.exe', 'program'],
  ['https://github.com/acme/app/releases/download/v1/app.exe', 'program'],
  ['https://192.0.2.7/', 'address'],
  ['https://3221225991/', 'address'],
  ['https://0xC0000207/', 'address'],
  ['https://0300.0.02.07/', 'address'],
  ['https://192.0.519/', 'address'],
  ['https://１９２.0.2.7/', 'address'],
  ['https://[2001:db8::1]/', 'address'],
  ['https://[::ffff:192.0.2.7]/', 'address'],
  ['https://microsoft-office.zip/', 'looks-like', 'microsoft.com'],
  ['https://report2026.zip/', 'file-name'],
  ['https://holiday.mov/', 'file-name'],
  ['https://a.b.c.d.e.f.g.example.org/', 'nested'],
  [`https://${'long-name-'.repeat(6)}x.${'more-'.repeat(6)}x.example.org/`, 'nested'],
  ['https://bit.ly/3AbCdEf', 'shortened'],
  ['https://tinyurl.com/abc', 'shortened'],
  ['https://t.co/abc', 'shortened'],
  ['https://lnkd.in/abc', 'shortened'],
  ['https://www.shorturl.at/abc', 'shortened'],
  ['https://example.org:8443/', 'port'],
  ['https://example.org:22/', 'port'],
  ['http://example.org/', 'unencrypted'],
  ['http://localhost/', 'unencrypted'],
  ['https://example.org/%E2%80%AEfdp.exe.pdf', 'hidden'],
  ['https://example.org/a\u200bb', 'hidden'],
];

describe('links that are warned of', () => {
  it.each(suspicious)('%s: %s', (href = '', reason = 'hidden', alike = undefined) => {
    const [first] = linkDangers(linkOf(href), own);
    expect(first?.kind).toBe(reason);
    if (alike !== undefined) expect(first).toEqual({ kind: 'looks-like', host: alike });
  });

  it('may have several reasons, the gravest first', () => {
    expect(kinds('http://paypal.com@192.0.2.7:8080/login.exe')).toEqual([
      'credentials',
      'program',
      'address',
      'port',
      'unencrypted',
    ]);
  });

  it('are none of this service’s own, wherever it runs', () => {
    expect(linkDangers('http://localhost:3000/m/a', 'http://localhost:3000')).toEqual([]);
    expect(linkDangers('https://192.0.2.7:8443/m/a', 'https://192.0.2.7:8443')).toEqual([]);
    expect(linkDangers('https://wiki.firm-example.com/', own)).toEqual([]);
    expect(linkDangers('http://meet.firm-example.com/', own)).toEqual([{ kind: 'unencrypted' }]);
  });
});

describe('ordinary links', () => {
  const links = ordinaryLinks.split('\n').filter((line) => line !== '' && !line.startsWith('# '));

  it('are warned of once in a hundred at the most', () => {
    expect(links.length).toBeGreaterThanOrEqual(200);
    const alarms = links.filter((link) => kinds(link).length > 0);
    const rate = alarms.length / links.length;
    print(`false alarms: ${alarms.length} of ${links.length} links (${(rate * 100).toFixed(1)} %)`);
    print(alarms.map((link) => `  ${link}: ${kinds(link).join(', ')}`).join('\n'));
    expect(rate).toBeLessThanOrEqual(0.01);
  });
});

describe('any text', () => {
  const pieces = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'binary' }).map((rest) => `https://${rest}`),
    fc.constantFrom(
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc',
      'ftp://x.org',
      'HTTPS://',
      'blob:https://x.org/1',
    ),
  );

  it('has links that the URL parser takes for http or https, whose shown host is the one it finds', () => {
    fc.assert(
      fc.property(fc.array(pieces), (some) => {
        for (const part of linkParts(some.join(' '))) {
          if (part.kind !== 'link') continue;
          const url = new URL(part.href);
          expect(['http:', 'https:']).toContain(url.protocol);
          expect(part.host).toBe(url.host);
          expect(`${part.scheme}${part.credentials}${part.host}${part.rest || '/'}`).toBe(part.href);
          expect(part.href).not.toMatch(/[\p{Cf}\s]/u);
          linkDangers(part.href, own);
        }
      }),
    );
  });

  it('never makes looking at it fail', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string(),
        (href, origin) => void linkDangers(href, origin),
      ),
    );
  });
});

/** As the chat finds it; the table holds what must be found. */
function linkOf(text: string): string {
  const [part, ...more] = linkParts(text);
  if (part?.kind !== 'link' || more.length > 0) throw new Error(`not one link: ${text}`);
  return part.href;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
