import { concat, equalBytes } from '../bytes/bytes.ts';
import { MlsError } from '../errors.ts';
import { commitmentTo, nonceBytes, type RoomCode, roomCodeFrom } from './roomCode.ts';

const commitType = 1;
const revealType = 2;

export interface RoundOptions {
  readonly epoch: number;
  readonly epochAuthenticator: Uint8Array;
  readonly ownLeaf: number;
  /** All leaves of this epoch's tree, one's own too. */
  readonly leaves: readonly number[];
  readonly random?: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/** What to send next, as application messages of this epoch, and the code once it is known. */
export interface RoundStep {
  readonly send: readonly Uint8Array<ArrayBuffer>[];
  readonly code: RoomCode | null;
}

/**
 * The commit–reveal exchange behind the room code, for one epoch. It starts when anybody asks for the code.
 *
 * Why not the epoch authenticator alone: somebody who knows the link and controls the network could found two
 * groups, sit in both, and commit again and again until both show the same seven emoji: 2^21 commits each by the
 * birthday bound. So everybody adds a nonce that is fixed before any is known:
 *
 * 1. everybody sends a commitment to a fresh nonce, bound to the epoch authenticator and the leaf;
 * 2. everybody who has the commitments of *all* leaves of the tree sends its nonce, not sooner;
 * 3. who has all nonces, and finds each as committed, derives the code.
 *
 * Whoever is in the middle must fix all nonces of its own in a group before an honest member shows the one that
 * randomises that group's code. So it has one try for each epoch, with a chance of 2^-42 for the emoji and 2^-99
 * for the digits, and each try is an epoch that people see change. A member that answers nothing holds the code
 * up, nothing more; who is missing is told by `missing`. A nonce that does not fit its commitment, or a second
 * commitment, ends the round for good: that member is cheating or broken.
 *
 * A new epoch needs a new round. Messages are 33 bytes: type (1 commitment, 2 nonce), then 32 bytes. Senders and
 * epochs are those that MLS proves (`Processed`).
 */
export class RoomCodeRound {
  readonly epoch: number;
  readonly #authenticator: Uint8Array;
  readonly #ownLeaf: number;
  readonly #leaves: ReadonlySet<number>;
  readonly #nonce: Uint8Array<ArrayBuffer>;
  readonly #commitments = new Map<number, Uint8Array>();
  readonly #nonces = new Map<number, Uint8Array>();
  #started = false;
  #broken = false;

  constructor(options: RoundOptions) {
    const { epoch, epochAuthenticator, ownLeaf, leaves, random = getRandomValues } = options;
    if (!leaves.includes(ownLeaf)) throw new MlsError('not_a_member', 'a round is for members');
    this.epoch = epoch;
    this.#authenticator = new Uint8Array(epochAuthenticator);
    this.#ownLeaf = ownLeaf;
    this.#leaves = new Set(leaves);
    this.#nonce = new Uint8Array(nonceBytes);
    random(this.#nonce);
  }

  /** Somebody here wants to see the code. Again does no harm. */
  start(): RoundStep {
    return this.#step();
  }

  /**
   * A message of another member: its first starts the round here too.
   * @throws MlsError `stale_epoch` for another epoch, `malformed`, `not_a_member`, or `bad_message` when a member
   * does not stand by its commitment: then the round is over, without a code.
   */
  receive(epoch: number, leafIndex: number, message: Uint8Array): RoundStep {
    if (epoch !== this.epoch) throw new MlsError('stale_epoch', 'a round is for one epoch');
    if (this.#broken) throw new MlsError('bad_message', 'the round is over');
    if (!this.#leaves.has(leafIndex) || leafIndex === this.#ownLeaf)
      throw new MlsError('not_a_member', 'no other member of this round');
    const type = message[0];
    if (message.length !== 1 + nonceBytes || (type !== commitType && type !== revealType))
      throw new MlsError('malformed', 'not a message of the room code');
    const content = new Uint8Array(message.subarray(1));
    if (type === commitType) this.#committed(leafIndex, content);
    else this.#revealed(leafIndex, content);
    return this.#step();
  }

  /** Leaves whose commitment or nonce has not come. */
  missing(): readonly number[] {
    return [...this.#leaves].filter((leaf) => leaf !== this.#ownLeaf && !this.#nonces.has(leaf));
  }

  #committed(leafIndex: number, commitment: Uint8Array): void {
    const before = this.#commitments.get(leafIndex);
    if (before !== undefined && !equalBytes(before, commitment)) this.#break('a member commits twice');
    this.#commitments.set(leafIndex, commitment);
  }

  #revealed(leafIndex: number, nonce: Uint8Array): void {
    const commitment = this.#commitments.get(leafIndex);
    const expected = commitmentTo(this.#authenticator, leafIndex, nonce);
    if (commitment === undefined || !equalBytes(commitment, expected))
      this.#break('a member shows another nonce than it committed to');
    this.#nonces.set(leafIndex, nonce);
  }

  #break(text: string): never {
    this.#broken = true;
    throw new MlsError('bad_message', text);
  }

  #step(): RoundStep {
    if (this.#broken) return { send: [], code: null };
    const send: Uint8Array<ArrayBuffer>[] = [];
    if (!this.#started) {
      this.#started = true;
      const commitment = commitmentTo(this.#authenticator, this.#ownLeaf, this.#nonce);
      this.#commitments.set(this.#ownLeaf, commitment);
      send.push(concat(Uint8Array.of(commitType), commitment));
    }
    if (this.#commitments.size === this.#leaves.size && !this.#nonces.has(this.#ownLeaf)) {
      this.#nonces.set(this.#ownLeaf, this.#nonce);
      send.push(concat(Uint8Array.of(revealType), this.#nonce));
    }
    const complete = this.#nonces.size === this.#leaves.size;
    return { send, code: complete ? roomCodeFrom(this.#authenticator, this.#nonces) : null };
  }
}

function getRandomValues(bytes: Uint8Array<ArrayBuffer>): void {
  crypto.getRandomValues(bytes);
}
