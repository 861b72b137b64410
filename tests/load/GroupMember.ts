import { makeDeviceKey } from '@conclave/e2ee';
import {
  ConclaveError,
  type ErrorCode,
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
      request: (request) => serve(this.#adapter(), request),
      onView: (view) => {
        this.view = view;
      },
      onEpochs: () => {},
      // Its keys are made by then, and a removal sends in them at once (`EpochOverlap`).
      onEpoch: () => {
        this.enteredAt = clock();
        this.onEpoch();
      },
      onMessage: () => {},
      now: () => performance.now(),
      deviceKeyOf: () => makeDeviceKey(),
    });
  }

  static async join(place: Place, name: string): Promise<GroupMember> {
    const { participantId } = groupEntry();
    const member = new GroupMember(participantId, place);
    const signal = await LoadSignal.open(place.origin, (message) => member.#hear(message));
    member.#signal = signal;
    const keyPackage = await member.#session.introduce({ participantId, name, accountId: null });
    const joined: ServerMessageOf<'joined'> = await signal.ask('joined', {
      ...{ type: 'join', version: PROTOCOL_VERSION, meetingId: place.meetingId, proof: place.proof, name },
      ...{ participantId, keyPackage: Buffer.from(keyPackage).toString('base64url') },
    });
    member.hear({ type: 'seat', seat: toSeat(joined.group) });
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

  async leave(): Promise<void> {
    await this.#signal?.ask('ok', { type: 'leave' });
  }

  [Symbol.dispose](): void {
    this.#session.close();
    this.#signal?.[Symbol.dispose]();
  }

  #hear(message: ServerMessage): void {
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
