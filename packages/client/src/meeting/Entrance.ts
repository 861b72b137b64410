import { type OwnIdentity, toBase64Url } from '@conclave/e2ee';
import {
  ConclaveError,
  MeetingId,
  ParticipantId,
  PROTOCOL_VERSION,
  type ServerMessage,
  type ServerMessageOf,
  Token256,
  type WaitsFor,
} from '@conclave/protocol';
import type { Encryption } from '../encryption/Encryption.ts';
import type { Signal } from '../signalling/Signal.ts';
import { awaitAdmission } from './awaitAdmission.ts';
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

export type Waits = (hostPresent: boolean, waitsFor: WaitsFor) => void;

export interface EntranceOptions {
  readonly meetingId: string;
  /** The secret of an invitation of one's own. */
  readonly invitation: string | null;
  /** Into a breakout room leads a ticket of the meeting, and nothing else; null for the meeting itself. */
  readonly ticket: (() => Promise<string>) | null;
  readonly tokens: ResumeTokens;
  readonly keys: Pick<Encryption, 'proof' | 'introduce' | 'claim'>;
}

/** The way into a meeting: by resume where there is a token, else by the passcode's proof, and then by a host's word. */
export class Entrance {
  readonly #options: EntranceOptions;
  identity: Identity;
  /** Of the stay: it is in a webinar's audience. A stay that came unnamed comes so each time. */
  #unnamed = false;

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

  /**
   * @param waits told that one has to wait, and each time that it changes whether somebody is there who could let one in, and for what
   * @throws ConclaveError when the server refuses; SignalClosed when the socket goes, which it does after `ended` too.
   */
  async enter(signal: Signal, waits: Waits): Promise<Entered> {
    const { meetingId, tokens } = this.#options;
    const resumed = await this.#resume(signal);
    const joined = resumed ?? (await this.#join(signal, waits));
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
      return await this.#asNamed(place.participantId, async (self) => {
        const group = await this.#options.keys.claim(self);
        const meetingId = MeetingId.parse(this.#options.meetingId);
        const { token } = place;
        return expectJoined(
          await signal.request({ type: 'resume', version: PROTOCOL_VERSION, meetingId, token, group }),
        );
      });
    } catch (error) {
      if (!(error instanceof ConclaveError) || error.code !== 'resume.unknown') throw error;
      this.forget();
      return null;
    }
  }

  async #join(signal: Signal, waits: Waits): Promise<Joined> {
    const meetingId = MeetingId.safeParse(this.#options.meetingId);
    if (!meetingId.success) throw new ConclaveError('meeting.not_found');
    const participantId = newParticipantId();
    const { ticket } = this.#options;
    this.#unnamed = false;
    const answer = await this.#asNamed(participantId, async (self) => {
      const { keyPackage, introduction } = await this.#options.keys.introduce(self);
      const who = { version: PROTOCOL_VERSION, meetingId: meetingId.data, participantId, keyPackage };
      if (ticket !== null)
        return await signal.request({ type: 'join-breakout', ...who, ticket: await ticket() });
      const proof = await this.#options.keys.proof;
      const { name } = this.identity;
      const invitation = this.#invitation();
      return await signal.request({ type: 'join', ...who, introduction, proof, name, invitation });
    });
    if (answer.type !== 'waiting') return expectJoined(answer);
    waits(answer.hostPresent, answer.waitsFor);
    return await awaitAdmission(signal, waits);
  }

  /** Of which form the meeting is, is known only from the server's answer: into a webinar's audience one comes unnamed, at once. */
  async #asNamed<T>(participantId: ParticipantId, come: (self: OwnIdentity) => Promise<T>): Promise<T> {
    const self = { ...this.identity, participantId };
    try {
      return await come({ ...self, unnamed: this.#unnamed });
    } catch (error) {
      const isUnnamed = error instanceof ConclaveError && error.code === 'webinar.unnamed';
      if (!isUnnamed || this.#unnamed) throw error;
      this.#unnamed = true;
      return await come({ ...self, unnamed: true });
    }
  }

  #invitation(): string | null {
    const { invitation } = this.#options;
    if (invitation === null) return null;
    const secret = Token256.safeParse(invitation);
    if (!secret.success) throw new ConclaveError('invitation.invalid');
    return secret.data;
  }
}

/** 96 random bits: every join is another participant. */
function newParticipantId(): ParticipantId {
  return ParticipantId.parse(toBase64Url(crypto.getRandomValues(new Uint8Array(12))));
}

function expectJoined(message: ServerMessage): Joined {
  if (message.type !== 'joined') throw new ConclaveError('server.internal');
  return message;
}
