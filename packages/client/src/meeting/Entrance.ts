import { deriveMeetingSecret, parsePasscode, toBase64Url } from '@conclave/e2ee';
import { ConclaveError, MeetingId, PROTOCOL_VERSION, type ServerMessageOf } from '@conclave/protocol';
import type { Signal } from '../signalling/Signal.ts';
import type { ResumeTokens } from './resumeTokens.ts';

type Joined = ServerMessageOf<'joined'>;

/** The way into a meeting: by resume where there is a token, else by the passcode's proof. */
export class Entrance {
  readonly #meetingId: string;
  readonly #tokens: ResumeTokens;
  readonly #proof: Promise<string>;
  name: string;

  /** Starts stretching the passcode at once: it takes a noticeable part of a second. */
  constructor(meetingId: string, passcode: string, name: string, tokens: ResumeTokens) {
    this.#meetingId = meetingId;
    this.#tokens = tokens;
    this.name = name;
    this.#proof = stretch(meetingId, passcode);
    this.#proof.catch(() => {}); // Told to whoever enters.
  }

  /** Resolves when entering will not have to wait for the stretching. */
  async ready(): Promise<void> {
    await this.#proof.catch(() => {});
  }

  get mayResume(): boolean {
    return this.#tokens.get(this.#meetingId) !== null;
  }

  /** @throws ConclaveError when the server refuses; SignalClosed when the socket goes. */
  async enter(signal: Signal): Promise<Joined> {
    const joined = (await this.#resume(signal)) ?? (await this.#join(signal));
    this.#tokens.set(this.#meetingId, joined.resumeToken);
    return joined;
  }

  /** Gives up the right to come back. */
  forget(): void {
    this.#tokens.set(this.#meetingId, null);
  }

  async #resume(signal: Signal): Promise<Joined | null> {
    const token = this.#tokens.get(this.#meetingId);
    if (token === null) return null;
    try {
      return await expectJoined(
        signal.request({
          type: 'resume',
          version: PROTOCOL_VERSION,
          meetingId: MeetingId.parse(this.#meetingId),
          token,
        }),
      );
    } catch (error) {
      if (!(error instanceof ConclaveError) || error.code !== 'resume.unknown') throw error;
      this.forget();
      return null;
    }
  }

  async #join(signal: Signal): Promise<Joined> {
    const meetingId = MeetingId.safeParse(this.#meetingId);
    if (!meetingId.success) throw new ConclaveError('meeting.not_found');
    return await expectJoined(
      signal.request({
        type: 'join',
        version: PROTOCOL_VERSION,
        meetingId: meetingId.data,
        proof: await this.#proof,
        name: this.name,
      }),
    );
  }
}

async function stretch(meetingId: string, passcode: string): Promise<string> {
  const plain = parsePasscode(passcode);
  if (plain === null) throw new ConclaveError('meeting.wrong_passcode');
  return toBase64Url((await deriveMeetingSecret(meetingId, plain)).proof);
}

async function expectJoined(answer: ReturnType<Signal['request']>): Promise<Joined> {
  const message = await answer;
  if (message.type !== 'joined') throw new ConclaveError('server.internal');
  return message;
}
