import { toBase64Url } from '@conclave/e2ee';
import {
  ConclaveError,
  MeetingId,
  ParticipantId,
  PROTOCOL_VERSION,
  type ServerMessageOf,
} from '@conclave/protocol';
import type { Encryption } from '../encryption/Encryption.ts';
import type { Signal } from '../signalling/Signal.ts';
import type { ResumeTokens } from './resumeTokens.ts';

type Joined = ServerMessageOf<'joined'>;

export interface Entered {
  readonly joined: Joined;
  /** Not a place that was one's own before. */
  readonly anew: boolean;
}

/** Who somebody says they are, on the way in. The server takes a guest's name; an account has its own. */
export interface Identity {
  readonly name: string;
  /** Null for guests. */
  readonly accountId: string | null;
}

export interface EntranceOptions {
  readonly meetingId: string;
  readonly tokens: ResumeTokens;
  readonly keys: Pick<Encryption, 'proof' | 'introduce' | 'claim'>;
}

/** The way into a meeting: by resume where there is a token, else by the passcode's proof. */
export class Entrance {
  readonly #options: EntranceOptions;
  identity: Identity;

  constructor(identity: Identity, options: EntranceOptions) {
    this.#options = options;
    this.identity = identity;
  }

  /** Resolves when entering will not have to wait for the stretching. */
  async ready(): Promise<void> {
    await this.#options.keys.proof.catch(() => {});
  }

  get mayResume(): boolean {
    return this.#options.tokens.get(this.#options.meetingId) !== null;
  }

  /** @throws ConclaveError when the server refuses; SignalClosed when the socket goes. */
  async enter(signal: Signal): Promise<Entered> {
    const { meetingId, tokens } = this.#options;
    const resumed = await this.#resume(signal);
    const joined = resumed ?? (await this.#join(signal));
    const proof = await this.#options.keys.proof;
    tokens.set(meetingId, { participantId: joined.self, token: joined.resumeToken, proof });
    return { joined, anew: resumed === null };
  }

  /** Gives up the right to come back. */
  forget(): void {
    this.#options.tokens.set(this.#options.meetingId, null);
  }

  async #resume(signal: Signal): Promise<Joined | null> {
    const place = this.#options.tokens.get(this.#options.meetingId);
    if (place === null || place.proof !== (await this.#options.keys.proof)) return null;
    try {
      return await expectJoined(
        signal.request({
          type: 'resume',
          version: PROTOCOL_VERSION,
          meetingId: MeetingId.parse(this.#options.meetingId),
          token: place.token,
          group: await this.#options.keys.claim({ ...this.identity, participantId: place.participantId }),
        }),
      );
    } catch (error) {
      if (!(error instanceof ConclaveError) || error.code !== 'resume.unknown') throw error;
      this.forget();
      return null;
    }
  }

  async #join(signal: Signal): Promise<Joined> {
    const meetingId = MeetingId.safeParse(this.#options.meetingId);
    if (!meetingId.success) throw new ConclaveError('meeting.not_found');
    const participantId = newParticipantId();
    return await expectJoined(
      signal.request({
        type: 'join',
        version: PROTOCOL_VERSION,
        meetingId: meetingId.data,
        proof: await this.#options.keys.proof,
        name: this.identity.name,
        participantId,
        keyPackage: await this.#options.keys.introduce({ ...this.identity, participantId }),
      }),
    );
  }
}

/** 96 random bits: every join is another participant. */
function newParticipantId(): ParticipantId {
  return ParticipantId.parse(toBase64Url(crypto.getRandomValues(new Uint8Array(12))));
}

async function expectJoined(answer: ReturnType<Signal['request']>): Promise<Joined> {
  const message = await answer;
  if (message.type !== 'joined') throw new ConclaveError('server.internal');
  return message;
}
