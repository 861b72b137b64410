import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BusinessEvent } from '@conclave/protocol';
import type { SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiClient } from '../../dev-env/ApiClient.ts';
import { bootServer } from '../../dev-env/bootServer.ts';
import { writeCertificate } from '../../dev-env/certificate.ts';
import { MailServer } from '../../dev-env/MailServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';

let folder: string;
let files: { certificateFile: string; keyFile: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conclave-mail-'));
  files = await writeCertificate(folder, '127.0.0.1');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const plain = (port: number) => ({
  mail: {
    host: '127.0.0.1',
    port,
    security: 'none' as const,
    from: 'Conclave Ünit <conclave@example.org>',
  },
});

function invite(client: ApiClient, email: string, name = 'Grace') {
  return client.call('invitePerson', { body: { email, name, role: 'member' } });
}

test('a mail goes through the server, in plain text, to one address, and its text is kept nowhere', async () => {
  await using smtp = await MailServer.open();
  await using server = await bootServer({ parts: [], settings: plain(smtp.port) });
  const { client } = await setUpOwner(server);
  const answer = await invite(client, 'grace@example.org', 'Grace Höpper');
  expect(answer.body).toMatchObject({ mailed: true });
  await server.context.mailer.flush();
  const [mail] = smtp.mails;
  expect(mail).toMatchObject({ from: 'conclave@example.org', to: ['grace@example.org'] });
  expect(mail?.raw).toMatch(/^Content-Type: text\/plain; charset=utf-8/im);
  expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/im);
  const { mails } = (await client.call('listMails')).body as { mails: { state: string; text: null }[] };
  expect(mails).toMatchObject([{ state: 'sent', text: null }]);
  const row = await server.context.accountsPorts.db
    .selectFrom('mails')
    .select('body')
    .executeTakeFirstOrThrow();
  expect(row.body).toBeNull();
});

test('names and addresses put no header and no other reader into a mail', async () => {
  await using smtp = await MailServer.open();
  await using server = await bootServer({ parts: [], settings: plain(smtp.port) });
  const { client } = await setUpOwner(server);
  for (const [email, name] of [
    ['a@example.org\r\nbcc: b@example.org', 'Grace'],
    ['grace@example.org', 'Grace\r\nBcc: b@example.org'],
    ['a@example.org, b@example.org', 'Grace'],
    ['<b@example.org>', 'Grace'],
  ] as const) {
    const answer = await invite(client, email, name);
    // White space in a name is one blank; all else is no address.
    if (answer.status === 200) {
      await server.context.mailer.flush();
      expect(smtp.mails.at(-1)?.to).toEqual(['grace@example.org']);
    } else expect(answer.code).toBe('request.invalid');
  }
  for (const { raw, to } of smtp.mails) {
    expect(to).toHaveLength(1);
    expect(raw).not.toMatch(/^bcc:/im);
  }
});

test('what the server does not take now is sent later, by the next start if need be', async () => {
  await using smtp = await MailServer.open();
  let now = Date.now();
  const lines: BusinessEvent[] = [];
  const first = await bootServer({
    parts: [],
    settings: { ...plain(smtp.port), log: { level: 'info' } },
    clock: () => now,
    keepData: true,
    logInto: { write: (line) => void lines.push(JSON.parse(line)) },
  });
  const { client } = await setUpOwner(first);
  smtp.refusal = { code: 451, text: 'Try later: grace@example.org' };
  await invite(client, 'grace@example.org');
  await first.context.mailer.flush();
  expect(smtp.mails).toEqual([]);
  const failed = lines.filter(({ event }) => event === 'mail.failed');
  expect(failed).toMatchObject([{ kind: 'invitation', attempts: 1 }]);
  // No address is in the log.
  expect(JSON.stringify(lines)).not.toContain('grace@');
  await first[Symbol.asyncDispose]();

  smtp.refusal = null;
  now += 60_000;
  const { dataFolder } = first;
  await using second = await bootServer({
    parts: [],
    settings: plain(smtp.port),
    dataFolder,
    clock: () => now,
    keepData: false,
  });
  await second.context.mailer.flush();
  expect(smtp.mails.map(({ to }) => to)).toEqual([['grace@example.org']]);
});

describe('TLS', () => {
  const credentials = { username: 'conclave', password: 'the secret of the mail server' };
  const accepting = async (): Promise<SMTPServerOptions> => ({
    cert: await readFile(files.certificateFile),
    key: await readFile(files.keyFile),
    onAuth: ({ username, password }, _session, done) => {
      const right = username === credentials.username && password === credentials.password;
      done(right ? null : new Error('no'), { user: username });
    },
  });

  test.each([
    ['tls', true],
    ['starttls', false],
  ] as const)(
    '%s: with a name and a password, to a certificate that is trusted',
    async (security, secure) => {
      await using smtp = await MailServer.open({ ...(await accepting()), secure });
      const mail = {
        host: '127.0.0.1',
        port: smtp.port,
        security,
        from: 'conclave@example.org',
        certificateFile: files.certificateFile,
        ...credentials,
      };
      await using server = await bootServer({ parts: [], settings: { mail } });
      await invite((await setUpOwner(server)).client, 'grace@example.org');
      await server.context.mailer.flush();
      expect(smtp.mails).toMatchObject([{ secure: true }]);
    },
  );

  test('nothing is sent to a server without TLS that should have it, nor to one whose certificate nobody vouches for', async () => {
    const servers: readonly [SMTPServerOptions, object][] = [
      [{ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }, { certificateFile: files.certificateFile }],
      [await accepting(), {}],
    ];
    for (const [options, extra] of servers) {
      await using smtp = await MailServer.open(options);
      const mail = {
        host: '127.0.0.1',
        port: smtp.port,
        security: 'starttls' as const,
        from: 'conclave@example.org',
        ...extra,
      };
      await using server = await bootServer({ parts: [], settings: { mail } });
      await invite((await setUpOwner(server)).client, 'grace@example.org');
      await server.context.mailer.flush();
      expect(smtp.mails).toEqual([]);
    }
  });
});
