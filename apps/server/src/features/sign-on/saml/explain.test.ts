import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import type { SamlSettings } from '../providers.ts';
import { readSamlXml } from './checkXml.ts';
import { refusalOf } from './explain.ts';
import { SamlFault } from './SamlFault.ts';

/** What is said of an answer whose signature did not verify. */
function explain(xml: string, certificates: readonly string[] = []): unknown {
  const settings = { certificates } as unknown as SamlSettings;
  const { cause } = refusalOf(new Error('Invalid signature'), xml, settings);
  return cause instanceof SamlFault ? cause.named : cause;
}

test.each([
  ['<R><Signature/><Assertion><x/></Assertion></R>', 'assertion-not-signed'],
  ['<R><Assertion ID="a"><x/></Assertion><ds:Signature/></R>', 'assertion-not-signed'],
  ['<R><AssertionConsumer><Signature/></AssertionConsumer></R>', 'assertion-not-signed'],
  ['<R><saml:Assertion ID="a"><x/><ds:Signature>y</ds:Signature></saml:Assertion></R>', 'signature-invalid'],
  ['<R><Assertion\n><Signature/></Assertion></R>', 'signature-invalid'],
])('%s is explained as %s', (xml, fault) => {
  expect(explain(xml)).toBe(fault);
});

test('an answer of very many assertions costs no more than its length', () => {
  const many = '<Assertion />'.repeat(7_900);
  const xml = `<R><Assertion><x>${many}${'x'.repeat(28_000)}</x></Assertion></R>`;
  expect(readSamlXml(Buffer.from(xml, 'utf8').toString('base64'))).toBe(xml);
  const before = process.cpuUsage();
  expect(explain(xml)).toBe('assertion-not-signed');
  // A few ms in one pass, and several seconds of work when each assertion begins another one.
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
});

test('of very many certificates a few are looked at', () => {
  const entered = rootCertificates[0] ?? '';
  const base64 = entered.replace(/-----[A-Z ]+-----|\s/g, '');
  const answer = (others: number) =>
    `<Assertion><Signature>${'<X509Certificate>AAAA</X509Certificate>'.repeat(others)}<X509Certificate>${base64}</X509Certificate></Signature></Assertion>`;
  expect(explain(answer(19), [entered])).toBe('signature-invalid');
  expect(explain(answer(20), [entered])).toBe('certificate-differs');
});
