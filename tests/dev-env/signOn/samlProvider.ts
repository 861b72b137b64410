import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { SignedXml } from 'xml-crypto';

const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const assertionNs = 'urn:oasis:names:tc:SAML:2.0:assertion';

/** What an answer says; every part can be wrong. */
export interface SamlAnswer {
  readonly inResponseTo: string;
  readonly acsUrl: string;
  readonly audience: string;
  readonly nameId?: string;
  readonly nameIdFormat?: string;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly issuer?: string;
  readonly recipient?: string;
  readonly assertionId?: string;
  /** From now, ms. */
  readonly notBefore?: number;
  readonly notOnOrAfter?: number;
}

export interface SamlProvider {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly certificate: string;
  /** The request in an address to which a browser is sent. */
  readRequest(url: string): { id: string; acsUrl: string; issuer: string };
  /** The answer as XML, its assertion signed. */
  answer(answer: SamlAnswer): string;
  /** XML of which the element with this id is signed, wherever in it. */
  sign(xml: string, id: string, options?: { readonly algorithm?: string; readonly digest?: string }): string;
}

/** An identity provider of SAML 2.0 that says what a test wants. */
export async function makeSamlProvider(entityId = 'https://idp.example.org/metadata'): Promise<SamlProvider> {
  const { private: privateKey, cert } = await generate([{ name: 'commonName', value: 'idp.example.org' }], {
    keySize: 2048,
    algorithm: 'sha256',
  });
  const sign: SamlProvider['sign'] = (xml, id, options = {}) => {
    const signer = new SignedXml({
      privateKey,
      publicCert: cert,
      signatureAlgorithm: options.algorithm ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
    });
    signer.addReference({
      xpath: `//*[@ID="${id}"]`,
      digestAlgorithm: options.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
      transforms: [
        'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
        'http://www.w3.org/2001/10/xml-exc-c14n#',
      ],
    });
    signer.computeSignature(xml, {
      location: { reference: `//*[@ID="${id}"]/*[local-name()="Issuer"]`, action: 'after' },
    });
    return signer.getSignedXml();
  };
  return {
    entityId,
    ssoUrl: 'https://idp.example.org/sso',
    certificate: cert,
    readRequest(url) {
      const encoded = new URL(url).searchParams.get('SAMLRequest') ?? '';
      const xml = inflateRawSync(Buffer.from(encoded, 'base64')).toString('utf8');
      const attribute = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(xml)?.[1] ?? '';
      const issuer = /Issuer[^>]*>([^<]*)</.exec(xml)?.[1] ?? '';
      return { id: attribute(' ID'), acsUrl: attribute('AssertionConsumerServiceURL'), issuer };
    },
    answer(answer) {
      const assertionId = answer.assertionId ?? `_${randomBytes(16).toString('hex')}`;
      return sign(responseXml(entityId, assertionId, answer), assertionId);
    },
    sign,
  };
}

/** An answer without any signature. */
export function responseXml(entityId: string, assertionId: string, answer: SamlAnswer): string {
  const issued = new Date().toISOString();
  const id = `_${randomBytes(16).toString('hex')}`;
  return (
    `<samlp:Response xmlns:samlp="${protocol}" ID="${id}" Version="2.0" IssueInstant="${issued}" ` +
    `Destination="${answer.acsUrl}" InResponseTo="${answer.inResponseTo}">` +
    `<saml:Issuer xmlns:saml="${assertionNs}">${answer.issuer ?? entityId}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>` +
    `${assertionXml(entityId, assertionId, answer)}</samlp:Response>`
  );
}

export function assertionXml(entityId: string, assertionId: string, answer: SamlAnswer): string {
  const now = Date.now();
  const at = (ms: number) => new Date(now + ms).toISOString();
  const until = at(answer.notOnOrAfter ?? 5 * 60_000);
  const attributes = Object.entries(answer.attributes ?? {})
    .map(
      ([name, values]) =>
        `<saml:Attribute Name="${name}">${values
          .map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`)
          .join('')}</saml:Attribute>`,
    )
    .join('');
  return (
    `<saml:Assertion xmlns:saml="${assertionNs}" ID="${assertionId}" Version="2.0" IssueInstant="${at(0)}">` +
    `<saml:Issuer>${answer.issuer ?? entityId}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="${
      answer.nameIdFormat ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
    }">${answer.nameId ?? 'subject-1'}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData ` +
    `NotOnOrAfter="${until}" Recipient="${answer.recipient ?? answer.acsUrl}" InResponseTo="${answer.inResponseTo}"/>` +
    `</saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${at(answer.notBefore ?? -60_000)}" NotOnOrAfter="${until}">` +
    `<saml:AudienceRestriction><saml:Audience>${answer.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    `<saml:AuthnStatement AuthnInstant="${at(0)}" SessionIndex="session-1"><saml:AuthnContext>` +
    `<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef>` +
    `</saml:AuthnContext></saml:AuthnStatement>` +
    `<saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion>`
  );
}
