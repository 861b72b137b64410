import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** The whole message, headers and text, as it came over the wire. */
  readonly raw: string;
  readonly secure: boolean;
}

/** A real SMTP server on this machine that keeps what it takes. */
export class MailServer implements AsyncDisposable {
  readonly mails: ReceivedMail[] = [];
  readonly #server: SMTPServer;
  #port = 0;
  /** Answers each mail so, in place of taking it. */
  refusal: { readonly code: number; readonly text: string } | null = null;
  #waiting: (() => void)[] = [];

  private constructor(options: SMTPServerOptions) {
    this.#server = new SMTPServer({
      logger: false,
      disabledCommands: options.onAuth === undefined ? ['AUTH'] : [],
      ...options,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { refusal } = this;
          if (refusal !== null) {
            done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
          } else {
            const { mailFrom, rcptTo } = session.envelope;
            this.mails.push({
              from: mailFrom === false ? '' : mailFrom.address,
              to: rcptTo.map(({ address }) => address),
              raw: Buffer.concat(chunks).toString('utf8'),
              secure: session.secure,
            });
            done();
          }
          for (const wake of this.#waiting.splice(0)) wake();
        });
      },
    });
  }

  static async open(options: SMTPServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options);
    server.#server.on('error', () => {});
    const listening = server.#server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    server.#port = (listening.address() as AddressInfo).port;
    return server;
  }

  get port(): number {
    return this.#port;
  }

  /** Resolves after the next mail that it was offered. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
