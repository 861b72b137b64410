import type { Bytes } from '../../bytes.ts';
import { type GroupMember, MlsError, type RoomCode, RoomCodeRound, type RoundStep } from '../../mls/index.ts';
import type { RoomCodeView } from './view.ts';

/**
 * A round is two messages of everybody to everybody: 50 people are 4,900 deliveries, 300 would be 180,000. Nobody
 * reads a code out to more people than this, so with more there is none, and nobody answers who asks for one.
 */
export const MOST_PEOPLE = 50;
/** Between two rounds, when epochs follow each other and somebody looks on, ms. */
const roundPause = 2_000;
/** What was sent is sent again to whom it may not have reached: not sooner, ms, and not more often in one epoch. */
const resendPause = 2_000;
const mostResends = 5;
/** While somebody waits for the code, they ask those again who have not answered, ms. */
const askPause = 6_000;
/** The first byte of what a round sends. */
const commitment = 1;
const nonce = 2;

export interface ExchangePorts {
  /** In this epoch or not at all. */
  send(message: Bytes, epoch: number): Promise<void>;
  changed(): void;
  /** ms, monotonic. */
  now(): number;
  /** @returns the way to call it off */
  after(ms: number, run: () => void): () => void;
}

export interface RoomOfCode {
  readonly epoch: number;
  readonly ownLeaf: number;
  readonly epochAuthenticator: Uint8Array;
  readonly members: readonly GroupMember[];
}

/**
 * The room code on demand: `RoomCodeRound` for each epoch in which somebody looks at it. Whoever looks sends their commitment,
 * which makes everybody else take part. Messages get lost with sockets, so who still waits says theirs again, and who
 * hears that says theirs again too.
 */
export class RoomCodeExchange {
  readonly #ports: ExchangePorts;
  #room: RoomOfCode | null = null;
  #round: RoomCodeRound | null = null;
  #code: RoomCode | null = null;
  #brokenBy: string | null = null;
  readonly #committed = new Set<number>();
  #started = false;
  #watching = false;
  #held: Bytes[] = [];
  #sent: Bytes[] = [];
  #resends = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  /** No round of this epoch is taken part in before. */
  #openAt = 0;
  #stopFlush: () => void = () => {};
  #stopAsking: () => void = () => {};

  constructor(ports: ExchangePorts) {
    this.#ports = ports;
  }

  enter(room: RoomOfCode): void {
    this.#forget();
    this.#openAt = Math.max(this.#ports.now(), this.#sentAt + roundPause);
    this.#room = room;
    const { epoch, epochAuthenticator, ownLeaf, members } = room;
    if (members.length < 2 || members.length > MOST_PEOPLE) return;
    const leaves = members.map(({ leafIndex }) => leafIndex);
    this.#round = new RoomCodeRound({ epoch, epochAuthenticator, ownLeaf, leaves });
    if (this.#watching) this.#ask();
  }

  leave(): void {
    this.#forget();
    this.#room = null;
  }

  watch(watching: boolean): void {
    if (watching === this.#watching) return;
    this.#watching = watching;
    if (watching) this.#ask();
    else this.#stopAsking();
  }

  receive(epoch: number, sender: GroupMember, message: Bytes): void {
    if (this.#round === null || this.#brokenBy !== null || epoch !== this.#round.epoch) return;
    const { leafIndex } = sender;
    // Their commitment got lost on the way to us: no fault of theirs. They say it again, and nothing of ours is shown before.
    if (message[0] === nonce && !this.#committed.has(leafIndex)) return;
    try {
      this.#take(this.#round.receive(epoch, leafIndex, message));
      this.#committed.add(leafIndex);
      if (message[0] === commitment) this.#sendAgain();
    } catch (error) {
      // What has no meaning is dropped; who goes back on their word is named.
      if (error instanceof MlsError && error.code === 'bad_message') this.#brokenBy = sender.participantId;
    }
    this.#ports.changed();
  }

  /** The epoch whose code is there. */
  get knownIn(): number | null {
    return this.#code === null ? null : (this.#room?.epoch ?? null);
  }

  view(): RoomCodeView {
    const room = this.#room;
    if (room === null) return { name: 'none' };
    if (room.members.length < 2) return { name: 'alone' };
    if (room.members.length > MOST_PEOPLE) return { name: 'tooMany', limit: MOST_PEOPLE };
    if (this.#brokenBy !== null) return { name: 'broken', participantId: this.#brokenBy };
    if (this.#code !== null) return { name: 'known', epoch: room.epoch, ...this.#code };
    return this.#started ? { name: 'exchanging', missing: this.#missing(room) } : { name: 'none' };
  }

  #missing({ members }: RoomOfCode): readonly string[] {
    const missing = new Set(this.#round?.missing() ?? []);
    return members
      .filter(({ leafIndex }) => missing.has(leafIndex))
      .map(({ participantId }) => participantId);
  }

  #ask(): void {
    this.#stopAsking();
    if (this.#round === null || this.#code !== null || this.#brokenBy !== null) return;
    this.#take(this.#round.start());
    this.#sendAgain();
    this.#ports.changed();
    this.#stopAsking = this.#ports.after(askPause, () => this.#ask());
  }

  #take({ send, code }: RoundStep): void {
    this.#started = true;
    this.#held.push(...send);
    if (code !== null) {
      this.#code = code;
      this.#stopAsking();
    }
    this.#flush();
  }

  #flush(): void {
    this.#stopFlush();
    if (this.#held.length === 0) return;
    const wait = this.#openAt - this.#ports.now();
    if (wait > 0) {
      this.#stopFlush = this.#ports.after(wait, () => this.#flush());
      return;
    }
    const messages = this.#held;
    this.#held = [];
    this.#sent.push(...messages);
    this.#send(messages);
  }

  #sendAgain(): void {
    const isDue = this.#ports.now() - this.#sentAt >= resendPause;
    if (!isDue || this.#sent.length === 0 || this.#resends >= mostResends) return;
    this.#resends += 1;
    this.#send(this.#sent);
  }

  #send(messages: readonly Bytes[]): void {
    const epoch = this.#room?.epoch;
    if (epoch === undefined) return;
    this.#sentAt = this.#ports.now();
    // What is lost is asked for again.
    for (const message of messages) this.#ports.send(message, epoch).catch(() => {});
  }

  #forget(): void {
    this.#stopFlush();
    this.#stopAsking();
    this.#round = null;
    this.#code = null;
    this.#brokenBy = null;
    this.#committed.clear();
    this.#started = false;
    this.#held = [];
    this.#sent = [];
    this.#resends = 0;
  }
}
