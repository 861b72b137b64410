import { randomBytes } from 'node:crypto';
import type { Contact, Ringing } from '@conclave/protocol';
import type { RunningServer } from '@conclave/server';
import { type ApiAnswer, ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { makeMeetingId } from '../../dev-env/meetings.ts';
import { OWNER } from '../../dev-env/people.ts';
import { ChannelClient } from './ChannelClient.ts';

export interface CallPerson {
  readonly api: ApiClient;
  readonly channel: ChannelClient;
  readonly accountId: string;
  readonly email: string;
}

const bytes = (length: number) => randomBytes(length).toString('base64url');

/** Signed in, with one page open. */
export async function callPerson(server: RunningServer, role = 'organiser'): Promise<CallPerson> {
  const { client, accountId, email } = await addMember(server, role as never);
  return { api: client, accountId, email, channel: await listen(server, client) };
}

/** The same person in another browser. */
export async function elsewhere(
  server: RunningServer,
  { email, accountId }: CallPerson,
): Promise<CallPerson> {
  const api = new ApiClient(server.origin);
  const answer = await api.call('signIn', { body: { email, password: OWNER.password } });
  if (answer.status !== 200) throw new Error(`could not sign in: ${answer.code}`);
  return { api, accountId, email, channel: await listen(server, api) };
}

async function listen(server: RunningServer, api: ApiClient): Promise<ChannelClient> {
  const channel = await ChannelClient.open(server.origin, { cookie: api.cookie });
  await channel.next('state');
  return channel;
}

export const ring = (from: CallPerson, accountId: string): Promise<ApiAnswer> =>
  from.api.call('ring', { body: { accountId } });

export async function ringing(from: CallPerson, to: CallPerson): Promise<string> {
  const answer = await ring(from, to.accountId);
  if (answer.status !== 200) throw new Error(`no ring: ${answer.code}`);
  return (answer.body as Ringing).callId;
}

/** Nothing that anybody could open: to the server it is all the same. */
export const anAnswer = () => ({ key: bytes(32), device: bytes(32), signature: bytes(64) });
export const aSecret = () => ({
  meetingId: makeMeetingId(),
  verifier: bytes(32),
  sealed: { enc: bytes(32), ciphertext: bytes(60) },
});

export async function contactWithLink(
  owner: CallPerson,
  name = 'Ann Lee',
): Promise<Contact & { secret: string }> {
  const email = `${bytes(6)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, 'x')}@outside.example`;
  const added = await owner.api.call('addContact', { body: { name, email } });
  const { id } = added.body as Contact;
  const contact = (await owner.api.call('makeContactLink', { params: { id } })).body as Contact;
  if (contact.secret === null) throw new Error('the contact has no link');
  return { ...contact, secret: contact.secret };
}
