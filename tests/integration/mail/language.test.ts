import type { Account, PersonalData } from '@conclave/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { MailServer } from '../../dev-env/MailServer.ts';
import { OWNER, ownerTokenOf } from '../../dev-env/people.ts';
import { readMail } from '../../dev-env/readMail.ts';
import { addInvitations, addMeeting, MONDAYS } from '../rest/invitations/invited.ts';

const password = 'copper lantern drifts north';
let smtp: MailServer;
let server: BootedServer;
let owner: ApiClient;
beforeAll(async () => {
  smtp = await MailServer.open();
  server = await boot('fr');
  owner = await makeOwner(server, 'de-CH,en;q=0.5');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await smtp[Symbol.asyncDispose]();
});

function boot(language?: 'de' | 'fr'): Promise<BootedServer> {
  const mail = {
    host: '127.0.0.1',
    port: smtp.port,
    security: 'none' as const,
    from: 'Conclave <conclave@example.org>',
    ...(language !== undefined && { language }),
  };
  return bootServer({ parts: [], settings: { mail } });
}

async function makeOwner(at: BootedServer, language: string): Promise<ApiClient> {
  const client = new ApiClient(at.origin);
  const body = { token: ownerTokenOf(at), ...OWNER };
  await client.call('createOwner', { body, headers: { 'accept-language': language } });
  return client;
}

/** The last mail to that address: its header, and its text. */
async function mailTo(email: string, from = server): Promise<{ header: string; text: string }> {
  await from.context.background.settled();
  await from.context.mailer.flush();
  const mail = smtp.mails.findLast(({ to }) => to.includes(email));
  const [part] = readMail(mail?.raw ?? '');
  return { header: (mail?.raw.split('\r\n\r\n')[0] ?? '').toLowerCase(), text: part?.text ?? '' };
}

async function languageOf(client: ApiClient): Promise<string | null> {
  return ((await client.call('me')).body as { account: Account }).account.mailLanguage;
}

const forget = (email: string) => new ApiClient(server.origin).call('askForReset', { body: { email } });
const say = (client: ApiClient, mailLanguage: unknown) =>
  client.call('changeProfile', { body: { mailLanguage } });

test('the owner gets mails in the language of the browser that made the account', async () => {
  expect(await languageOf(owner)).toBe('de');
  await forget(OWNER.email);
  const { header, text } = await mailTo(OWNER.email);
  expect(header).toContain('content-language: de');
  expect(text).toContain(`Guten Tag ${OWNER.name},`);
  expect(text).toContain('Öffnen Sie diesen Link');
});

describe('somebody who is invited', () => {
  test('is written to in the language of the organisation, and from then on in their own', async () => {
    const email = 'grace@example.org';
    await owner.call('invitePerson', { body: { email, name: 'Grace', role: 'member' } });
    const first = await mailTo(email);
    expect(first.header).toContain('content-language: fr');
    expect(first.text).toContain('Bonjour Grace,');
    const token = /invitation#([\w-]{43})/.exec(first.text)?.[1];
    const client = new ApiClient(server.origin);
    const headers = { 'accept-language': 'pt, es-MX;q=0.9, en;q=0.8' };
    expect((await client.call('useLink', { body: { token, password }, headers })).status).toBe(200);
    expect(await languageOf(client)).toBe('es');
    await client.call('changePassword', { body: { current: password, password: OWNER.password } });
    const { text } = await mailTo(email);
    expect(text).toContain('Hola, Grace:');
    expect(text).toMatch(/se cambió el \d+ de \p{L}+ de \d{4} a las \d\d:\d\d \(UTC\)/u);
  });

  test('and whose browser asks for none of ours has that of the organisation', async () => {
    const email = 'astrid@example.org';
    await owner.call('invitePerson', { body: { email, name: 'Astrid', role: 'member' } });
    const token = /invitation#([\w-]{43})/.exec((await mailTo(email)).text)?.[1];
    const client = new ApiClient(server.origin);
    const headers = { 'accept-language': 'sv' };
    await client.call('useLink', { body: { token, password }, headers });
    expect(await languageOf(client)).toBeNull();
    await client.call('changePassword', { body: { current: password, password: OWNER.password } });
    expect((await mailTo(email)).text).toContain('Bonjour Astrid,');
  });
});

describe('somebody with an account', () => {
  test('chooses a language, and gives it back', async () => {
    const { client, email } = await addMember(server);
    expect((await say(client, 'de')).body).toMatchObject({ mailLanguage: 'de', name: 'Grace Hopper' });
    await forget(email);
    expect((await mailTo(email)).text).toContain('Guten Tag Grace Hopper,');
    expect((await say(client, null)).body).toMatchObject({ mailLanguage: null });
    await forget(email);
    expect((await mailTo(email)).text).toContain('Bonjour Grace Hopper,');
  });

  test('and what changes nothing is told to nobody', async () => {
    const { client } = await addMember(server);
    const emit = vi.spyOn(server.context.accountsPorts, 'emit');
    expect((await client.call('changeProfile', { body: {} })).status).toBe(200);
    expect(emit).not.toHaveBeenCalled();
    await say(client, 'es');
    expect(emit).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'person.changed', what: ['mail-language'] }),
    );
    emit.mockRestore();
  });

  test('keeps it when the name changes, and when a new password is chosen by a link', async () => {
    const { client, email } = await addMember(server);
    await say(client, 'es');
    expect((await client.call('changeProfile', { body: { name: 'Grace' } })).body).toMatchObject({
      mailLanguage: 'es',
      name: 'Grace',
    });
    await forget(email);
    const token = /new-password#([\w-]{43})/.exec((await mailTo(email)).text)?.[1];
    const headers = { 'accept-language': 'de' };
    await client.call('useLink', { body: { token, password }, headers });
    expect(await languageOf(client)).toBe('es');
  });

  test.each([['sv'], ['de-CH'], ['DE'], [''], [7], [['de']], ['de\r\nBcc: eve@example.org']])(
    'cannot have %o, which is no language of ours',
    async (language) => {
      const { client } = await addMember(server);
      await say(client, 'es');
      expect(await say(client, language)).toMatchObject({
        status: 400,
        code: 'request.invalid',
        body: { error: { field: 'mailLanguage' } },
      });
      expect(await languageOf(client)).toBe('es');
    },
  );

  test('finds it in the export of their data', async () => {
    const { client } = await addMember(server);
    await say(client, 'fr');
    const data = (await client.call('exportOwnData')).body as PersonalData;
    expect(data.account.mailLanguage).toBe('fr');
  });

  test('is invited to a meeting in it, calendar and all, by somebody of another one', async () => {
    const { client, email } = await addMember(server);
    await say(client, 'es');
    const { id } = await addMeeting(owner, { schedule: MONDAYS });
    const people = [
      { name: 'Grace', email },
      { name: 'Ann', email: 'ann@elsewhere.example' },
    ];
    await addInvitations(owner, id, people, true);
    await server.context.mailer.flush();
    const partsOf = (address: string) =>
      readMail(smtp.mails.findLast(({ to }) => to.includes(address))?.raw ?? '');
    const [spanish, entry] = partsOf(email);
    expect(spanish?.text).toContain('todas las semanas los lunes');
    const unfolded = (text = '') => text.replaceAll('\r\n ', '');
    expect(unfolded(entry?.text)).toContain('SUMMARY:Reunión');
    const [french, theirs] = partsOf('ann@elsewhere.example');
    expect(french?.text).toContain('toutes les semaines le lundi');
    expect(unfolded(theirs?.text)).toContain('SUMMARY:Réunion');
    // What the organiser fetches says nothing of what others read.
    const file = await owner.call('meetingCalendar', { params: { id } });
    expect((file.body as { calendar: string }).calendar).toContain('SUMMARY:Besprechung');
  });
});

test('a name with a line of its own puts none into a mail in any language', async () => {
  const { client, email } = await addMember(server);
  const { id } = await addMeeting(owner, { title: 'A\r\nBcc: eve@example.org' });
  for (const language of ['en', 'de', 'fr', 'es']) {
    await say(client, language);
    await addInvitations(owner, id, [{ name: 'Grace\r\nBcc: eve@example.org', email }], true);
    const { header } = await mailTo(email);
    expect(header).toContain(`content-language: ${language}`);
    expect(header).not.toMatch(/^bcc:/m);
    expect(smtp.mails.at(-1)?.to).toEqual([email]);
  }
});

test('without a setting the organisation writes English', async () => {
  await using other = await boot();
  const client = await makeOwner(other, '*');
  expect(await languageOf(client)).toBeNull();
  const email = 'new@example.org';
  await client.call('invitePerson', { body: { email, name: 'Grace', role: 'member' } });
  expect((await mailTo(email, other)).text).toContain('Hello Grace,');
});
