import type { Invitation, InvitationList, Meeting } from '@conclave/protocol';
import type { ApiClient } from '../../../dev-env/ApiClient.ts';
import { makeMeeting, type NewMeeting } from '../../../dev-env/meetings.ts';

export const MONDAYS = {
  start: '2099-11-30T09:00',
  zone: 'Europe/Stockholm',
  minutes: 60,
  recurrence: { every: 'week', interval: 1, days: ['mo'], end: { kind: 'never' } },
} as const;

export async function addMeeting(
  client: ApiClient,
  given: Partial<NewMeeting> & { schedule?: unknown; choices?: unknown } = {},
): Promise<Meeting> {
  const answer = await client.call('createMeeting', { body: { ...makeMeeting(), ...given } });
  if (answer.status !== 200) throw new Error(`no meeting: ${answer.code}`);
  return answer.body as Meeting;
}

export async function addInvitations(
  client: ApiClient,
  id: string,
  people: readonly { readonly name: string; readonly email: string | null }[],
  send = false,
): Promise<readonly Invitation[]> {
  const answer = await client.call('invite', { params: { id }, body: { people, send } });
  if (answer.status !== 200) throw new Error(`nobody was invited: ${answer.code}`);
  return (answer.body as InvitationList).invitations;
}

export async function addInvitation(
  client: ApiClient,
  id: string,
  name = 'Ann Lee',
  email: string | null = null,
): Promise<Invitation & { readonly secret: string }> {
  const made = (await addInvitations(client, id, [{ name, email }])).find((one) => one.name === name);
  if (made?.secret == null) throw new Error('an invitation has no secret');
  return { ...made, secret: made.secret };
}
