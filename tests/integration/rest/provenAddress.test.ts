import { type Invited, PersonalData } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { MailServer } from '../../dev-env/MailServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';

const password = 'copper lantern drifts north';
let open: AsyncDisposableStack;
let mail: MailServer;
let server: BootedServer;
let owner: ApiClient;

beforeAll(async () => {
  open = new AsyncDisposableStack();
  mail = open.use(await MailServer.open());
  const settings = {
    mail: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'conclave@example.org' },
  } as const;
  server = open.use(await bootServer({ parts: [], settings }));
  owner = (await setUpOwner(server)).client;
});
afterAll(() => open.disposeAsync());

const tokenIn = (text: string) => /#([\w-]{43})/.exec(text)?.[1] ?? '';
const codeIn = (text: string) => /\b\d{8}\b/.exec(text.slice(text.indexOf('\r\n\r\n')))?.[0] ?? '';

async function invite(email: string, by = owner): Promise<Invited> {
  const answer = await by.call('invitePerson', { body: { email, name: 'Grace', role: 'organiser' } });
  return answer.body as Invited;
}

/** What comes for somebody after something was done: the next mail that fits. */
async function mailed(email: string, fits: RegExp): Promise<string> {
  for (;;) {
    const theirs = mail.mails.filter(({ to }) => to.includes(email));
    // Quoted-printable breaks long lines (RFC 2045, section 6.7).
    const found = theirs.map(({ raw }) => raw.replaceAll('=\r\n', '')).findLast((raw) => fits.test(raw));
    if (found !== undefined) return found;
    await mail.next();
  }
}

async function accept(at: BootedServer, token: string): Promise<ApiClient> {
  const browser = new ApiClient(at.origin);
  expect((await browser.call('useLink', { body: { token, password } })).status).toBe(200);
  return browser;
}

async function isProved(browser: ApiClient): Promise<boolean> {
  const exported = PersonalData.parse((await browser.call('exportOwnData')).body);
  return exported.account.emailVerifiedAt !== null;
}

test('the invitation that whoever invites has seen proves nothing; the one in the mail does, and each ends the other', async () => {
  const shown = await invite('shown@example.org');
  const fromMail = tokenIn(await mailed('shown@example.org', /#[\w-]{43}/));
  expect(fromMail).not.toBe(tokenIn(shown.link));
  expect(await isProved(await accept(server, tokenIn(shown.link)))).toBe(false);
  const late = await new ApiClient(server.origin).call('checkLink', { body: { token: fromMail } });
  expect(late.code).toBe('auth.link_invalid');

  const other = await invite('mailed@example.org');
  const token = tokenIn(await mailed('mailed@example.org', /#[\w-]{43}/));
  expect(await isProved(await accept(server, token))).toBe(true);
  const body = { token: tokenIn(other.link) };
  expect((await new ApiClient(server.origin).call('checkLink', { body })).code).toBe('auth.link_invalid');
});

test('a new password by a link that was mailed proves it later', async () => {
  const email = 'later@example.org';
  const { link } = await invite(email);
  expect(await isProved(await accept(server, tokenIn(link)))).toBe(false);
  await new ApiClient(server.origin).call('askForReset', { body: { email } });
  const token = tokenIn(await mailed(email, /new-password#/));
  const browser = new ApiClient(server.origin);
  const used = await browser.call('useLink', { body: { token, password: 'another lantern drifts south' } });
  expect(used.status).toBe(200);
  expect(await isProved(browser)).toBe(true);
});

test('a code by which email becomes a second factor proves it', async () => {
  const email = 'code@example.org';
  const browser = await accept(server, tokenIn((await invite(email)).link));
  const { id } = (await browser.call('startEmailFactor')).body as { id: string };
  const code = codeIn(await mailed(email, /Subject: Your Conclave code/));
  expect(await isProved(browser)).toBe(false);
  expect((await browser.call('verifyFactor', { params: { id }, body: { code } })).status).toBe(200);
  expect(await isProved(browser)).toBe(true);
});

test('without a mail server an administrator reads every link, and none proves anything', async () => {
  await using bare = await bootServer({ parts: [] });
  const { client } = await setUpOwner(bare);
  const email = 'kept@example.org';
  await invite(email, client);
  const kept = async (kind: string) => {
    const { db } = bare.context.database;
    const row = await db
      .selectFrom('mails')
      .select('body')
      .where('kind', '=', kind)
      .executeTakeFirstOrThrow();
    return tokenIn(row.body ?? '');
  };
  expect(await isProved(await accept(bare, await kept('invitation')))).toBe(false);
  await new ApiClient(bare.origin).call('askForReset', { body: { email } });
  await bare.context.background.settled();
  const browser = new ApiClient(bare.origin);
  const body = { token: await kept('reset'), password: 'another lantern drifts south' };
  expect((await browser.call('useLink', { body })).status).toBe(200);
  expect(await isProved(browser)).toBe(false);
});
