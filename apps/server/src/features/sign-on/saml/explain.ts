import { X509Certificate } from 'node:crypto';
import { ConclaveError, type TestFault } from '@conclave/protocol';
import { SamlStatusError } from '@node-saml/node-saml';
import type { SamlSettings } from '../providers.ts';
import { SamlFault } from './SamlFault.ts';

/** How the messages of node-saml 5 begin (`lib/saml.js`, `lib/xml.js`); those of signatures are looked into below. */
const MESSAGES: readonly (readonly [string, TestFault])[] = [
  ['SAML assertion not yet valid', 'clock'],
  ['SAML assertion expired', 'clock'],
  // It looks at nothing but times there.
  ['No valid subject confirmation found', 'clock'],
  ['SAML assertion audience mismatch', 'audience-differs'],
  ['SAML assertion has no AudienceRestriction', 'audience-differs'],
  ['SAML assertion AudienceRestriction has no Audience value', 'audience-differs'],
  ['No decryption key for encrypted SAML response', 'assertion-encrypted'],
  ['Missing SAML assertion', 'answer-malformed'],
  ['Invalid signature: multiple assertions', 'answer-malformed'],
];
const tags = /<(\/?)(?:[\w.-]+:)?(Assertion|Signature)(?=[\s>/])/g;
const certificates = /<(?:[\w.-]+:)?X509Certificate>([\sA-Za-z0-9+/=]+)</g;
/** An honest answer names two or three. Each one that is looked at costs a parse, and nothing of it was verified. */
const certificatesLookedAt = 20;

/**
 * A refusal that says no more than a name out of our list. What it is found by was not verified: it explains, and lets nobody in.
 * @param xml that `readSamlXml` has taken
 */
export function refusalOf(fault: unknown, xml: string, settings: SamlSettings): ConclaveError {
  return refused(nameOf(fault, xml, settings));
}

export function refused(named: TestFault | null): ConclaveError {
  return new ConclaveError('sign_on.failed', { cause: new SamlFault(named) });
}

function nameOf(fault: unknown, xml: string, settings: SamlSettings): TestFault | null {
  if (!(fault instanceof Error)) return null;
  if (fault instanceof SamlStatusError) return 'provider-refused';
  const known = MESSAGES.find(([start]) => fault.message.startsWith(start));
  if (known !== undefined) return known[1];
  if (fault.message !== 'Invalid signature') return null;
  if (!hasSignedAssertion(xml)) return 'assertion-not-signed';
  return namesOtherCertificate(xml, settings) ? 'certificate-differs' : 'signature-invalid';
}

/** Whether a signature is inside an assertion. In one pass: anybody may send what is looked through here. */
function hasSignedAssertion(xml: string): boolean {
  let inside = false;
  for (const [, closes, element] of xml.matchAll(tags)) {
    if (element === 'Assertion') inside = closes === '';
    else if (inside && closes === '') return true;
  }
  return false;
}

/** Whether the answer says that it is by a certificate that is none of those entered: mostly one that has taken their place. */
function namesOtherCertificate(xml: string, settings: SamlSettings): boolean {
  const entered = settings.certificates.map((pem) => fingerprintOf(pem));
  const found = [...xml.matchAll(certificates)].slice(0, certificatesLookedAt);
  const named = found.map(([, base64]) => fingerprintOf(base64 ?? ''));
  return named.length > 0 && !named.some((fingerprint) => entered.includes(fingerprint));
}

/** Null for what is no certificate. @param text base64, with or without the lines of PEM */
function fingerprintOf(text: string): string | null {
  const inner = text.replace(/-----(?:BEGIN|END) CERTIFICATE-----|\s/g, '');
  try {
    return new X509Certificate(Buffer.from(inner, 'base64')).fingerprint256;
  } catch {
    return null;
  }
}
