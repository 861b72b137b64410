import { createHash } from 'node:crypto';
import type { Profile } from '@node-saml/node-saml';
import * as z from 'zod';
import { markSeen, type PendingRow } from '../../../storage/repositories/signOn/pending.ts';
import { findAsked } from '../pending.ts';
import { type ExternalPerson, readClaims, readEmail } from '../person.ts';
import type { SignOnPorts } from '../ports.ts';
import { addresses, type KnownProvider, type SamlSettings } from '../providers.ts';
import { readSamlXml } from './checkXml.ts';
import { refusalOf, refused } from './explain.ts';
import { samlService } from './service.ts';

/** For how long ids of assertions are remembered: longer than one can be valid. */
const rememberedMs = 60 * 60_000;
const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
const emailFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
/** Under which names the usual providers tell an address and a name. */
const EMAIL_ATTRIBUTES = [
  'email',
  'mail',
  'urn:oid:0.9.2342.19200300.100.1.3',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
];
const NAME_ATTRIBUTES = [
  'displayName',
  'name',
  'urn:oid:2.16.840.1.113730.3.1.241',
  'http://schemas.microsoft.com/identity/claims/displayname',
];

/** The parts of a verified assertion that the library leaves to us, as its reader of XML gives them. */
const Assertion = z.object({
  Assertion: z.object({
    $: z.object({ ID: z.string().min(1).max(500) }),
    Subject: z.tuple([
      z.object({
        SubjectConfirmation: z.array(
          z.object({
            $: z.object({ Method: z.string() }),
            SubjectConfirmationData: z.tuple([
              z.object({
                $: z.object({ Recipient: z.string(), InResponseTo: z.string(), NotOnOrAfter: z.string() }),
              }),
            ]),
          }),
        ),
      }),
    ]),
    Conditions: z.tuple([z.object({ $: z.object({ NotOnOrAfter: z.string() }) })]),
  }),
});
const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/**
 * Takes the provider's answer: a signed assertion, for us (audience, recipient), in answer to a request that waits, now, for the first
 * time (SAML 2.0 Profiles, section 4.1.4.3). Only what the signature covers is read.
 * @throws ConclaveError sign_on.failed, by a SamlFault that names why and holds nothing of the answer
 */
export async function finishSaml(
  ports: SignOnPorts,
  provider: KnownProvider<SamlSettings>,
  samlResponse: string,
): Promise<{ person: ExternalPerson; asked: PendingRow }> {
  const xml = readSamlXml(samlResponse);
  let asked: PendingRow | null = null;
  let own: { readonly fault: unknown } | null = null;
  const service = samlService(ports, provider, async (requestId) => {
    try {
      asked = await findAsked(ports, provider.row.id, requestId);
    } catch (fault) {
      own = { fault };
      throw fault;
    }
    return asked !== null;
  });
  const profile = await service
    .validatePostResponseAsync({ SAMLResponse: samlResponse })
    .then((result) => result.profile)
    .catch((fault: unknown) => {
      // Nothing is wrong with the answer when it is our database that failed.
      if (own !== null) throw own.fault;
      throw refusalOf(fault, xml, provider.settings);
    });
  if (profile === null || asked === null) throw refused(null);
  await refuseStrange(ports, provider, profile, asked);
  return { person: toPerson(provider.settings, profile), asked };
}

async function refuseStrange(
  ports: SignOnPorts,
  { row, settings }: KnownProvider<SamlSettings>,
  profile: Profile,
  asked: PendingRow,
): Promise<void> {
  const read = Assertion.safeParse(profile.getAssertion?.());
  if (!read.success) throw refused('answer-malformed');
  if (profile.issuer !== settings.entityId) throw refused('issuer-differs');
  const { Assertion: assertion } = read.data;
  const recipient = addresses.acs(ports.origin(), row.id);
  const confirmed = assertion.Subject[0].SubjectConfirmation.some(
    ({ $, SubjectConfirmationData: [data] }) =>
      $.Method === bearer && data.$.Recipient === recipient && data.$.InResponseTo === asked.request_id,
  );
  if (!confirmed) throw refused('recipient-differs');
  if (profile.nameID === undefined || profile.nameIDFormat === transient) throw refused('no-lasting-name');
  const now = ports.clock();
  const what = createHash('sha256').update(`assertion\0${row.id}\0${assertion.$.ID}`).digest();
  if (!(await markSeen(ports.db, what, new Date(now + rememberedMs), new Date(now)))) {
    throw refused('replayed');
  }
}

function toPerson(settings: SamlSettings, profile: Profile): ExternalPerson {
  const attributes = z.record(z.string(), z.unknown()).catch({}).parse(profile['attributes']);
  const first = (names: readonly string[]): unknown => {
    const value = names.map((name) => attributes[name]).find((found) => found !== undefined);
    return Array.isArray(value) ? value[0] : value;
  };
  const named = profile.nameIDFormat === emailFormat ? profile.nameID : undefined;
  const email = readEmail(
    first(settings.emailAttribute === '' ? EMAIL_ATTRIBUTES : [settings.emailAttribute]) ?? named,
  );
  const name = first(settings.nameAttribute === '' ? NAME_ATTRIBUTES : [settings.nameAttribute]);
  return {
    issuer: settings.entityId,
    subject: profile.nameID,
    sid: profile.sessionIndex ?? null,
    email,
    emailVerified: email !== null && settings.vouchesForEmail,
    name: typeof name === 'string' ? name : null,
    claims: readClaims(attributes),
  };
}
