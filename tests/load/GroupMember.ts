import { fromBase64Url, makeDeviceKey, toBase64Url } from '@conclave/e2ee';
import {
  ConclaveError,
  type ErrorCode,
  type Participant,
  PROTOCOL_VERSION,
  type ServerMessage,
  type ServerMessageOf,
} from '@conclave/protocol';
import { groupNews } from '../../packages/client/src/encryption/groupNews.ts';
import { serve, toSeat } from '../../packages/client/src/encryption/serverRequests.ts';
import type { ServerNotice, Signal } from '../../packages/client/src/signalling/Signal.ts';
import { GroupSession } from '../../packages/e2ee/src/worker/GroupSession.ts';
import type { GroupView, News } from '../../packages/e2ee/src/worker/messages.ts';
import { groupEntry } from '../dev-env/groupEntry.ts';
import { clock } from './clock.ts';
import { LoadSignal } from './LoadSignal.ts';

export interface Place {
  readonly origin: string;
  readonly meetingId: string;
  readonly proof: string;
  readonly psk: Uint8Array<ArrayBuffer>;
  /** False for a service with a certificate of its own making. */
  readonly rejectUnauthorized?: boolean;
}

/** Of whoever made the meeting, and is signed in. */
export interface HostPass {
  readonly cookie: string;
  readonly accountId: string;
}

/** Somebody in a meeting's group: our real signalling and the worker's own session of the group, without media. */
export class GroupMember implements Disposable {
  readonly id: string;
  /** When the group's present epoch was entered, after which this one's frames go out under its keys. */
  enteredAt = 0;
  view: GroupView | null = null;
  /** Asked before something that the server says of the group is handed on; whoever holds it back hands it on later. */
  hold: ((news: News) => boolean) | null = null;
  onEpoch: () => void = () => {};
  readonly #session: GroupSession;
  #signal: LoadSignal | null = null;

  private constructor(id: string, { meetingId, psk }: Place) {
    this.id = id;
    this.#session = new GroupSession(meetingId, psk, {
      request: (request) => serve(this.#adapter(), request, false),
      onView: (view) => {
        this.view = view;
      },
      onEpochs: () => {},
      // Its keys are made by then, and a removal sends in them at once (`EpochOverlap`).
      onEpoch: () => {
        this.enteredAt = clock();
        this.onEpoch();
      },
      onIntroduced: () => {},
      onMessage: () => {},
      now: () => performance.now(),
      meeting: null,
      deviceKeyOf: () => makeDeviceKey(),
      guestKeyOf: () => makeDeviceKey(),
    });
  }

  /** Resolves inside. */
  static async join(place: Place, name: string, host: HostPass | null = null): Promise<GroupMember> {
    return await GroupMember.#arrive(place, name, 'joined', host);
  }

  /** Resolves at the door; whoever is let in comes in by themselves. */
  static async knock(place: Place, name: string): Promise<GroupMember> {
    return await GroupMember.#arrive(place, name, 'waiting');
  }

  static async #arrive(
    place: Place,
    name: string,
    expected: 'joined' | 'waiting',
    host: HostPass | null = null,
  ): Promise<GroupMember> {
    const { participantId } = groupEntry();
    const { origin, meetingId, proof, rejectUnauthorized = true } = place;
    const member = new GroupMember(participantId, place);
    const signal = await LoadSignal.open(origin, (message) => member.#hear(message), {
      rejectUnauthorized,
      ...(host === null ? {} : { cookie: host.cookie }),
    });
    member.#signal = signal;
    const join = async (unnamed: boolean) => {
      const accountId = host?.accountId ?? null;
      const arrival = await member.#session.introduce({ participantId, name, accountId, unnamed });
      const keyPackage = toBase64Url(arrival.keyPackage);
      const introduction = arrival.introduction === null ? null : toBase64Url(arrival.introduction);
      return await signal.ask(expected, {
        ...{ type: 'join', version: PROTOCOL_VERSION, meetingId, proof, name },
        ...{ participantId, keyPackage, introduction, invitation: null },
      });
    };
    const answer = await join(false).catch(async (error: unknown) => {
      // Into a webinar, as the page does.
      if (error instanceof Error && error.message === 'webinar.unnamed') return await join(true);
      throw error;
    });
    if (answer.type === 'joined') member.#comeIn(answer);
    return member;
  }

  get people(): number {
    return this.view?.people.length ?? 0;
  }

  hear(news: News): void {
    this.#session.hear(news);
  }

  /** Resolves when all that was heard so far has been done. */
  async settled(): Promise<void> {
    // Too large to be sealed, and behind all that came before it.
    await this.#session.send({ kind: 2, body: new Uint8Array(64 * 1024) }).catch(() => {});
  }

  /** Of a webinar, by its host. */
  async goLive(): Promise<void> {
    await this.#signal?.ask('ok', { type: 'moderate', moderation: { action: 'live' } });
  }

  async leave(): Promise<void> {
    await this.#signal?.ask('ok', { type: 'leave' });
  }

  [Symbol.dispose](): void {
    this.#session.close();
    this.#signal?.[Symbol.dispose]();
  }

  #comeIn({ rules, participants, group }: ServerMessageOf<'joined'>): void {
    const { form, straightIn } = rules;
    const admitters = participants.filter(({ controls }) => controls.includes('admit')).map(({ id }) => id);
    this.hear({ type: 'door', rules: { form, straightIn, admitters } });
    this.#learn(participants);
    this.hear({ type: 'seat', seat: toSeat(group) });
  }

  /** Who people are whose leaf does not say it. */
  #learn(participants: readonly Participant[]): void {
    const people = participants.flatMap(({ id: participantId, name, introduction }) =>
      introduction === null ? [] : [{ participantId, name, introduction: fromBase64Url(introduction) }],
    );
    if (people.length > 0) void this.#session.learn(people).catch(() => {});
  }

  #hear(message: ServerMessage): void {
    if (message.type === 'joined') this.#comeIn(message);
    if (message.type === 'participant-joined' || message.type === 'participant-changed')
      this.#learn([message.participant]);
    const news = groupNews(message as ServerNotice);
    if (news !== null && this.hold?.(news) !== true) this.hear(news);
  }

  /** The socket as the page's own code asks by it. */
  #adapter(): Signal | null {
    const signal = this.#signal;
    if (signal === null) return null;
    const request = async (message: Record<string, unknown>) => {
      const expected = message['type'] === 'group-rejoin' ? 'group-seat' : 'ok';
      return await signal.ask(expected, message).catch((error: unknown) => {
        throw new ConclaveError((error instanceof Error ? error.message : '') as ErrorCode);
      });
    };
    return { request } as unknown as Signal;
  }
}
