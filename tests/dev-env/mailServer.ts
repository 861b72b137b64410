import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  /** Headers and body as they came. */
  readonly source: string;
}

export interface MailServer extends AsyncDisposable {
  /** For the settings of a server: `[mail]`. */
  readonly settings: { host: string; port: number; security: 'none'; from: string };
  readonly mails: readonly ReceivedMail[];
  /** The first mail to somebody, of that subject, from the `after`th of all on, when it has come. */
  next(to: string, after: number, subject: string): Promise<ReceivedMail>;
}

/** An SMTP server on this machine that keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const source = Buffer.concat(parts).toString('utf8');
        for (const { address } of session.envelope.rcptTo) mails.push({ to: address, source });
        done();
        for (const wake of [...waiting]) wake();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    settings: { host: '127.0.0.1', port, security: 'none', from: 'conclave@example.org' },
    mails,
    async next(to, after, subject) {
      const isIt = ({ to: whom, source }: ReceivedMail) =>
        whom === to && source.includes(`Subject: ${subject}\r\n`);
      for (;;) {
        const found = mails.slice(after).find(isIt);
        if (found !== undefined) return found;
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.add(resolve);
        await promise;
        waiting.delete(resolve);
      }
    },
    async [Symbol.asyncDispose]() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(resolve);
      await promise;
    },
  };
}
