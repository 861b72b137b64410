import { createHash } from 'node:crypto';
import type { Invitation, InvitationList, Meeting } from '@conclave/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApiClient } from '../../../dev-env/ApiClient.ts';
import { addMember } from '../../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../../dev-env/bootServer.ts';
import { MailServer, type ReceivedMail } from '../../../dev-env/MailServer.ts';
import { OWNER, setUpOwner } from '../../../dev-env/people.ts';
import { type MailPart, readMail } from '../../../dev-env/readMail.ts';
import { addInvitation, addInvitations, addMeeting, MONDAYS } from './invited.ts';

let smtp: MailServer;
let server: BootedServer;
let owner: ApiClient;
beforeAll(async () => {
  smtp = await MailServer.open();
  const mail = {
    host: '127.0.0.1',
    port: smtp.port,
    security: 'none' as const,
    from: 'Conclave <conclave@example.org>',
  };
  server = await bootServer({ parts: [], settings: { mail } });
  owner = (await setUpOwner(server)).client;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await smtp[Symbol.asyncDispose]();
});

async function sent(): Promise<ReceivedMail[]> {
  await server.context.mailer.flush();
  return smtp.mails.splice(0);
}

function partOf(mail: ReceivedMail | undefined, type: string): MailPart {
  const part = readMail(mail?.raw ?? '').find((one) => one.type === type);
  if (part === undefined) throw new Error(`the mail has no ${type}`);
  return part;
}

const linesOf = (mail: ReceivedMail | undefined) =>
  partOf(mail, 'text/calendar').text.replaceAll('\r\n ', '').split('\r\n');

test('an invitation arrives with its link, its time and an entry for calendars, without the passcode', async () => {
  const proof = Buffer.alloc(32, 5);
  const verifier = createHash('sha256').update(proof).digest('base64url');
  const { id } = await addMeeting(owner, { title: 'Çok gizli', schedule: MONDAYS, verifier });
  const [invitation] = await addInvitations(owner, id, [{ name: 'Ann Lee', email: 'ann@example.org' }], true);
  expect(invitation).toMatchObject({ mailedAt: expect.any(String), mailCurrent: true });
  const [mail] = await sent();
  expect(mail?.to).toEqual(['ann@example.org']);
  const head = mail?.raw.split('\r\n\r\n')[0] ?? '';
  expect(head).toMatch(/^Reply-To: Ada Lovelace <ada@analytical-engine\.example>/im);

  const link = `${server.origin}/m/${id}#i=${invitation?.secret}`;
  const { text } = partOf(mail, 'text/plain');
  expect(text).toContain('Hello Ann Lee,');
  expect(text).toContain(`${OWNER.name} (${OWNER.email}) invites you`);
  expect(text).toContain('What: Çok gizli');
  expect(text).toMatch(
    /When: Monday,? 30 November 2099, 09:00 to 10:00 \(Europe\/Stockholm\), every week on Monday/,
  );
  expect(text).toContain(link);

  const lines = linesOf(mail);
  expect(partOf(mail, 'text/calendar').header).toMatch(/method=REQUEST/i);
  expect(lines).toContain('METHOD:REQUEST');
  expect(lines).toContain(`UID:${invitation?.id}@${new URL(server.origin).hostname}`);
  expect(lines).toContain('DTSTART;TZID="Europe/Stockholm":20991130T090000');
  expect(lines).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO;WKST=MO');
  expect(lines).toContain(`URL:${link}`);
  expect(lines).toContain(`ORGANIZER;CN="${OWNER.name}":mailto:${OWNER.email}`);
  expect(lines.find((line) => line.startsWith('ATTENDEE'))).toContain('mailto:ann@example.org');

  // Of secrets there is the one link, in every part, and nothing of the passcode.
  for (const part of readMail(mail?.raw ?? '')) {
    const rest = part.text.replaceAll('\r\n ', '').replaceAll(invitation?.secret ?? '', '');
    expect(rest).not.toMatch(/[A-Za-z0-9_-]{43}/);
    expect(rest).not.toContain('#p=');
  }
  // What was sent is kept nowhere.
  const row = await server.context.database.db
    .selectFrom('mails')
    .select(['body', 'extra'])
    .where('kind', '=', 'meeting-invitation')
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ body: null, extra: null });
});

describe('one that was sent', () => {
  let meeting: Meeting;
  let first: string[];
  beforeEach(async () => {
    meeting = await addMeeting(owner, { title: 'Plans', schedule: MONDAYS });
    await addInvitations(owner, meeting.id, [{ name: 'Ann', email: 'ann@example.org' }], true);
    await addInvitation(owner, meeting.id, 'Not told', 'other@example.org');
    first = linesOf((await sent())[0]);
  });
  const sequenceOf = (lines: string[]) =>
    Number(lines.find((line) => line.startsWith('SEQUENCE:'))?.slice('SEQUENCE:'.length));
  const uidOf = (lines: string[]) => lines.find((line) => line.startsWith('UID:'));

  test('is followed by what is new, for the same entry', async () => {
    const body = { schedule: { ...MONDAYS, start: '2099-11-30T10:30' } };
    await owner.call('changeMeeting', { params: { id: meeting.id }, body });
    const mails = await sent();
    expect(mails.map(({ to }) => to)).toEqual([['ann@example.org']]);
    const lines = linesOf(mails[0]);
    expect(lines).toContain('METHOD:REQUEST');
    expect(lines).toContain('DTSTART;TZID="Europe/Stockholm":20991130T103000');
    expect(uidOf(lines)).toBe(uidOf(first));
    expect(sequenceOf(lines)).toBeGreaterThan(sequenceOf(first));
    // The link is the same: what is in the calendar still works.
    expect(lines.find((line) => line.startsWith('URL:'))).toBe(first.find((line) => line.startsWith('URL:')));
  });

  test.each([
    [
      'taken off the calendar',
      (id: string) => owner.call('changeMeeting', { params: { id }, body: { schedule: null } }),
    ],
    ['deleted', (id: string) => owner.call('deleteMeeting', { params: { id } })],
  ])('is cancelled when the meeting is %s', async (_, end) => {
    await end(meeting.id);
    const mails = await sent();
    expect(mails.map(({ to }) => to)).toEqual([['ann@example.org']]);
    const lines = linesOf(mails[0]);
    expect(lines).toContain('METHOD:CANCEL');
    expect(lines).toContain('STATUS:CANCELLED');
    expect(uidOf(lines)).toBe(uidOf(first));
    expect(sequenceOf(lines)).toBeGreaterThan(sequenceOf(first));
    expect(mails[0]?.raw).not.toContain('#i=');
  });

  test('is not followed by anything that says nothing new, nor once it was revoked', async () => {
    await owner.call('changeMeeting', { params: { id: meeting.id }, body: { choices: { participants: 5 } } });
    const { invitations } = (await owner.call('listInvitations', { params: { id: meeting.id } }))
      .body as InvitationList;
    const params = { id: meeting.id, invitation: invitations[0]?.id ?? '' };
    await owner.call('revokeInvitation', { params });
    await owner.call('changeMeeting', { params: { id: meeting.id }, body: { title: 'Other plans' } });
    expect(await sent()).toEqual([]);
    expect((await owner.call('mailInvitation', { params })).code).toBe('invitation.revoked');
  });

  test('is sent once more with another link, which the list tells is missing', async () => {
    const { invitations } = (await owner.call('listInvitations', { params: { id: meeting.id } }))
      .body as InvitationList;
    const params = { id: meeting.id, invitation: invitations[0]?.id ?? '' };
    expect((await owner.call('renewInvitation', { params })).body).toMatchObject({ mailCurrent: false });
    const again = (await owner.call('mailInvitation', { params })).body as Invitation;
    expect(again.mailCurrent).toBe(true);
    const lines = linesOf((await sent())[0]);
    expect(lines).toContain(`URL:${server.origin}/m/${meeting.id}#i=${again.secret}`);
    expect(sequenceOf(lines)).toBeGreaterThan(sequenceOf(first));
  });
});

test('titles and names put no header, no reader and no line into it', async () => {
  const { client } = await addMember(server);
  const title = 'A "quoted", title; with = signs & 👩🏽‍🚀 בדיקה';
  const { id } = await addMeeting(client, { title, schedule: MONDAYS });
  const name = 'O’Brien <x@evil.example>, "Eve"; ^\\';
  await addInvitations(client, id, [{ name, email: 'ann@example.org' }], true);
  const [mail] = await sent();
  expect(mail?.to).toEqual(['ann@example.org']);
  const head = (mail?.raw.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]/g, ' ');
  expect(head.split('\r\n').filter((line) => /^(to|cc|bcc|from|subject|reply-to):/i.test(line))).toHaveLength(
    4,
  );
  const lines = linesOf(mail);
  expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toHaveLength(1);
  expect(lines).toContain('SUMMARY:A "quoted"\\, title\\; with = signs & 👩🏽‍🚀 בדיקה');
});

test('mails are limited: what is over the limit is made and not sent', async () => {
  const { client } = await addMember(server);
  const { id } = await addMeeting(client);
  const to = (n: number) => ({ name: `Person ${n}`, email: 'same@example.org' });
  const made = await addInvitations(
    client,
    id,
    Array.from({ length: 25 }, (_, n) => to(n)),
    true,
  );
  expect(made.filter(({ mailedAt }) => mailedAt !== null)).toHaveLength(20);
  expect(await sent()).toHaveLength(20);
  const left = made.find(({ mailedAt }) => mailedAt === null);
  const params = { id, invitation: left?.id ?? '' };
  expect((await client.call('mailInvitation', { params })).code).toBe('auth.too_many_attempts');
});

test('an invitation without an address, or to a meeting without a time, is no mail or has no entry', async () => {
  const { id } = await addMeeting(owner);
  const bare = await addInvitation(owner, id, 'By hand');
  const params = { id, invitation: bare.id };
  expect((await owner.call('mailInvitation', { params })).code).toBe('invitation.no_mail');
  await addInvitations(owner, id, [{ name: 'Ann', email: 'ann@example.org' }], true);
  const [mail] = await sent();
  expect(readMail(mail?.raw ?? '').map(({ type }) => type)).toEqual(['text/plain']);
});

test('a service that sends no mail says so', async () => {
  await using silent = await bootServer({ parts: [] });
  const { client } = await setUpOwner(silent);
  const { id } = await addMeeting(client, { schedule: MONDAYS });
  const [made] = await addInvitations(client, id, [{ name: 'Ann', email: 'ann@example.org' }], true);
  expect(made?.mailedAt).toBeNull();
  const params = { id, invitation: made?.id ?? '' };
  expect((await client.call('mailInvitation', { params })).code).toBe('invitation.no_mail');
  expect((await client.call('listInvitations', { params })).body).toMatchObject({ mail: false });
});
