import { randomUUID } from 'node:crypto';
import type { MailLanguage } from '@conclave/protocol';
import type { Clock } from '../../clock.ts';
import type { Emit } from '../../observability/events.ts';
import { insertMail, type MailRow, markMail, takeWaitingMails } from '../../storage/repositories/mails.ts';
import type { Db } from '../../storage/tables.ts';
import { MailExtra, type MailPort, type OutgoingMail } from './MailPort.ts';

/** What takes the mails: an SMTP server. */
export interface MailTransport {
  /** As an administrator knows it. */
  readonly name: string;
  /** Rejects when the server did not take it. */
  deliver(
    mail: { readonly to: string; readonly subject: string; readonly text: string } & Partial<MailExtra>,
  ): Promise<void>;
}

export interface MailerPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly transport: MailTransport | null;
  readonly language: MailLanguage;
  onFault(fault: unknown): void;
}

const minute = 60_000;
/** Until the next attempt after each that failed, ms. Greylisting servers take the second or third. */
const patience = [minute, 5 * minute, 15 * minute, 60 * minute, 4 * 60 * minute];
/** As long as a node may be busy with what it took before another may think that it died, ms. */
const leaseMs = 5 * minute;
const atOnce = 10;
const lookEveryMs = minute;

/**
 * The outbox. A mail is in the database before anybody is told that it will be sent, and is sent from there: a mail server that
 * is away loses none. Without one they are kept, for an administrator to see.
 */
export class Mailer implements MailPort, AsyncDisposable {
  readonly #ports: MailerPorts;
  readonly #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(ports: MailerPorts) {
    this.#ports = ports;
    if (ports.transport === null) return;
    this.#timer = setInterval(() => this.#wake(), lookEveryMs);
    this.#timer.unref();
    this.#wake();
  }

  get server(): string | null {
    return this.#ports.transport?.name ?? null;
  }

  get language(): MailLanguage {
    return this.#ports.language;
  }

  async send({ kind, to, formerlyOf, subject, text, extra }: OutgoingMail): Promise<void> {
    const { db, clock, transport } = this.#ports;
    const now = new Date(clock());
    const state = transport === null ? 'kept' : 'waiting';
    await insertMail(db, {
      id: randomUUID(),
      kind,
      recipient: to,
      account_id: formerlyOf ?? null,
      subject,
      body: text,
      extra: extra === undefined ? null : JSON.stringify(extra),
      state,
      created_at: now,
      next_attempt_at: now,
    });
    if (state === 'waiting') this.#wake();
  }

  /** Sends what is due; resolves when nothing is under way any more. */
  async flush(): Promise<void> {
    this.#wake();
    while (this.#running !== null) await this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  #wake(): void {
    this.#again = true;
    if (this.#running !== null || this.#closed) return;
    this.#running = this.#work()
      .catch(this.#ports.onFault)
      .finally(() => {
        this.#running = null;
      });
  }

  async #work(): Promise<void> {
    const { db, clock } = this.#ports;
    while (this.#again && !this.#closed) {
      this.#again = false;
      const now = clock();
      const mails = await takeWaitingMails(db, new Date(now), new Date(now + leaseMs), atOnce);
      for (const mail of mails) await this.#deliver(mail);
      if (mails.length === atOnce) this.#again = true;
    }
  }

  async #deliver(mail: MailRow): Promise<void> {
    const { db, clock, emit, transport } = this.#ports;
    if (transport === null || mail.body === null) return;
    const { id, kind, attempts } = mail;
    try {
      const extra = mail.extra === null ? {} : MailExtra.parse(mail.extra);
      await transport.deliver({ to: mail.recipient, subject: mail.subject, text: mail.body, ...extra });
    } catch {
      // The server's own words may name the address: an administrator sees the state, the log an id.
      emit({ event: 'mail.failed', kind, mailId: id, attempts });
      const wait = patience[attempts - 1];
      if (wait === undefined) await markMail(db, id, { state: 'failed', body: null, extra: null });
      else await markMail(db, id, { next_attempt_at: new Date(clock() + wait) });
      return;
    }
    emit({ event: 'mail.sent', kind, mailId: id });
    // What was sent is with its reader; nobody needs to find a link or a code here.
    await markMail(db, id, { state: 'sent', body: null, extra: null });
  }
}
