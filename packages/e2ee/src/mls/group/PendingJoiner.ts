import { MlsError } from '../errors.ts';
import { groupIdBytes } from './groupId.ts';
import { joinFromWelcome } from './joinFromWelcome.ts';
import { encodeKeyPackage, makeKeyPackage, type OwnKeyPackage } from './keyPackage.ts';
import { foundGroup, groupFromState, type MeetingGroup } from './MeetingGroup.ts';
import { OperationQueue } from './OperationQueue.ts';
import { type Seat, type SeatOptions, takeSeat } from './Seat.ts';

/** Somebody who waits to be added: a KeyPackage, and the private keys that its Welcome needs. */
export class PendingJoiner {
  /** An MLSMessage with the KeyPackage, about 500 bytes, for the delivery service. Used once. */
  readonly keyPackage: Uint8Array<ArrayBuffer>;
  /** Who we are, for those who may know it; null where our leaf says so itself. */
  readonly introduction: Uint8Array<ArrayBuffer> | null;
  readonly #own: OwnKeyPackage;
  readonly #seat: Seat;
  readonly #queue = new OperationQueue();
  #used = false;

  private constructor(seat: Seat, own: OwnKeyPackage) {
    this.#seat = seat;
    this.#own = own;
    this.introduction = own.introduction;
    this.keyPackage = encodeKeyPackage(own.publicPackage);
  }

  /** @throws MlsError `malformed` when the secret or what one says of oneself is not of the form. */
  static async prepare(options: SeatOptions): Promise<PendingJoiner> {
    const seat = await takeSeat(options);
    return new PendingJoiner(seat, await makeKeyPackage(seat));
  }

  /**
   * Into the group that a Welcome leads to, once; after a Welcome that was refused another may be tried.
   * @param groupId that the delivery service named: a Welcome to another group is refused.
   * @throws MlsError `bad_welcome`, `wrong_group`, `bad_credential`, `duplicate`, `malformed`, `too_large`, or
   * `closed` when it was used or discarded.
   */
  async join(welcome: Uint8Array, groupId: string): Promise<MeetingGroup> {
    return await this.#queue.run(async () => {
      if (this.#used) throw new MlsError('closed', 'a KeyPackage is for one group');
      const state = await joinFromWelcome(welcome, groupIdBytes(groupId), this.#own, this.#seat);
      this.#used = true;
      this.#own.privatePackage.initPrivateKey.fill(0);
      return groupFromState(this.#seat, state);
    });
  }

  /** A group at epoch 0 with this leaf in it: the one of which our introduction speaks. @throws MlsError `malformed`, `closed`. */
  async found(groupId: string): Promise<MeetingGroup> {
    return await this.#queue.run(async () => {
      if (this.#used) throw new MlsError('closed', 'a KeyPackage is for one group');
      const group = await foundGroup(this.#seat, this.#own, groupId);
      this.#used = true;
      this.#own.privatePackage.initPrivateKey.fill(0);
      return group;
    });
  }

  /** Overwrites the private keys of a KeyPackage that is no longer wanted. */
  discard(): void {
    if (this.#used) return;
    this.#used = true;
    const { initPrivateKey, hpkePrivateKey, signaturePrivateKey } = this.#own.privatePackage;
    for (const key of [initPrivateKey, hpkePrivateKey, signaturePrivateKey]) key.fill(0);
  }
}
