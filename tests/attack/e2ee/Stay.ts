import { randomBytes } from 'node:crypto';
import type { Source } from '../../../packages/e2ee/src/envelope/frame.ts';
import type { MemberMessage } from '../../../packages/e2ee/src/member-messages/memberMessage.ts';
import { type MeetingGroup, makeDeviceKey } from '../../../packages/e2ee/src/mls/index.ts';
import { meetingId, psk } from '../../../packages/e2ee/src/mls/testing/people.ts';
import { MeetingLender } from '../../../packages/e2ee/src/worker/breakout/MeetingLender.ts';
import type { MeetingMembers } from '../../../packages/e2ee/src/worker/breakout/MeetingMembers.ts';
import type { Epochs } from '../../../packages/e2ee/src/worker/Epochs.ts';
import { GroupSession } from '../../../packages/e2ee/src/worker/GroupSession.ts';
import { Media } from '../../../packages/e2ee/src/worker/Media.ts';
import type { ReceivedMessage } from '../../../packages/e2ee/src/worker/Membership.ts';
import type {
  Arrival,
  GroupView,
  News,
  ServerAnswer,
  ServerRequest,
} from '../../../packages/e2ee/src/worker/messages.ts';
import { Line } from './Line.ts';

/** What a stay asks the server, whoever that is. */
export interface Service {
  request(from: Stay, request: ServerRequest): Promise<ServerAnswer>;
}

/** The breakout room that a stay is in, and what it hears of the meeting. */
export interface RoomOfStay {
  readonly roomId: string;
  readonly meeting: MeetingMembers;
}

/** One participant, honest: the parts of the worker that a browser runs, put together as `runEncryption` does. */
export class Stay implements Disposable {
  readonly id = randomBytes(12).toString('base64url');
  readonly name: string;
  /** Null for guests. */
  readonly accountId: string | null;
  /** In the audience of a webinar. */
  unnamed = false;
  /** Of this stay alone: a guest's, and that of an unnamed leaf. */
  readonly #ownDevice = makeDeviceKey();
  readonly device: Promise<CryptoKeyPair>;
  readonly session: GroupSession;
  /** Tells a stay in a breakout room who is in the meeting. */
  readonly lender = new MeetingLender();
  readonly media: Media;
  view: GroupView = { phase: 'forming', epoch: null, people: [], refused: [], trouble: null };
  /** Every view that was shown, oldest first. */
  readonly views: GroupView[] = [];
  readonly heard: ReceivedMessage[] = [];
  readonly senders = new Map<number, string>();
  readonly doubtful = new Set<number>();
  group: MeetingGroup | null = null;
  #epochs: Epochs | null = null;
  #nextLine = 1;
  readonly #waiting = new Set<() => void>();

  /** @param secret what this one holds for the half of the passcode that the server never sees */
  constructor(
    name: string,
    service: Service,
    secret: Uint8Array<ArrayBuffer> = psk,
    accountId: string | null = null,
    room: RoomOfStay | null = null,
  ) {
    this.device = room?.meeting.device() ?? makeDeviceKey();
    this.name = name;
    this.accountId = accountId;
    const now = () => performance.now();
    this.media = new Media({
      participantAt: (epoch, leaf) => this.#epochs?.participantAt(epoch, leaf, now()) ?? null,
      onSender: (line, participantId) => {
        this.senders.set(line, participantId);
        this.#wake();
      },
      onDoubt: (line, doubt) => {
        if (doubt !== null) this.doubtful.add(line);
        else this.doubtful.delete(line);
        this.#wake();
      },
    });
    this.session = new GroupSession(room?.roomId ?? meetingId, secret, {
      meeting: room?.meeting ?? null,
      request: (request) => service.request(this, request),
      onView: (view) => {
        this.view = view;
        this.views.push(view);
        this.#wake();
      },
      onEpochs: (epochs) => {
        this.#epochs = epochs;
        if (epochs === null) this.lender.leave();
        this.media.useKeys(epochs?.keys ?? null, epochs);
      },
      onEpoch: (group) => {
        this.group = group;
        this.lender.enter(group);
      },
      onIntroduced: (group) => {
        this.group = group;
      },
      onMessage: (message) => {
        this.heard.push(message);
        this.#wake();
      },
      now,
      deviceKeyOf: () => this.lender.using(this.device),
      guestKeyOf: () => this.lender.using(this.unnamed ? this.#ownDevice : this.device),
    });
  }

  async introduce(): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.arrive()).keyPackage;
  }

  /** With what they come in, and introduce themselves. */
  async arrive(): Promise<Arrival> {
    const { id: participantId, name, accountId, unnamed } = this;
    return await this.session.introduce({ participantId, name, accountId, unnamed });
  }

  hear(news: News): void {
    this.session.hear(news);
  }

  say(text: string): Promise<void> {
    const message: MemberMessage = { kind: 2, body: new TextEncoder().encode(text) };
    return this.session.send(message);
  }

  get texts(): string[] {
    return this.heard.map(({ body }) => new TextDecoder().decode(body));
  }

  get names(): string[] {
    return this.view.people.map(({ name }) => name).sort();
  }

  send(source: Source): Line {
    const line = new Line();
    this.media.protect({ role: 'send', connection: 1, line: this.#nextLine++, source }, line.transformer);
    return line;
  }

  receive(source: Source, only: string | null = null): { readonly line: Line; readonly number: number } {
    const line = new Line();
    const number = this.#nextLine++;
    this.media.protect({ role: 'receive', connection: 1, line: number, source, only }, line.transformer);
    return { line, number };
  }

  /** Resolves as soon as it is so. */
  async until(what: string, isSo: (stay: this) => boolean, withinMs = 20_000): Promise<void> {
    const end = performance.now() + withinMs;
    while (!isSo(this)) {
      const left = end - performance.now();
      if (left <= 0) throw new Error(`${this.name} waited in vain for ${what}: ${JSON.stringify(this.view)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        const wake = () => {
          this.#waiting.delete(wake);
          clearTimeout(timer);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  /** When all that was told so far has been done. */
  async settled(): Promise<void> {
    // Too large to be sealed, and behind all that came before it.
    await this.session.send({ kind: 2, body: new Uint8Array(64 * 1024) }).catch(() => {});
  }

  [Symbol.dispose](): void {
    this.session.close();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }
}
