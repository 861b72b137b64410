import {
  acceptAll,
  type ClientState,
  createApplicationMessage,
  createGroup,
  encodeMlsMessage,
  mlsExporter,
  processPrivateMessage,
} from 'ts-mls';
import { addHistoricalReceiverData } from 'ts-mls/clientState.js';
import { signWithLabel } from 'ts-mls/crypto/signature.js';
import { toBase64Url } from '../../base64url.ts';
import type { CredentialFields, NamedFields } from '../credential/MemberCredential.ts';
import { asMlsError, MlsError } from '../errors.ts';
import { MLS_LIMITS } from '../limits.ts';
import { leavesOf } from '../tree/leaves.ts';
import { checkCommit } from './checkCommit.ts';
import { checkOutcome, leafOf } from './checkOutcome.ts';
import { checkPathKeys } from './checkPathKeys.ts';
import { forgetBlankNodes, forgetEpochs, wipe } from './forget.ts';
import { type ChangePolicy, fieldsOf, type GroupChange, type GroupMember, memberOf } from './GroupMember.ts';
import { groupIdBytes } from './groupId.ts';
import { makeKeyPackage, type OwnKeyPackage, openKeyPackage } from './keyPackage.ts';
import { LeafSignatures } from './LeafSignatures.ts';
import { FormerLeafKeys, type LeafSealed, leafKeyOf, openAtLeaf, sealToLeaf } from './leafSeal.ts';
import { makeCommit } from './makeCommit.ts';
import { OperationQueue } from './OperationQueue.ts';
import { type OpenedMessage, openMessage } from './openMessage.ts';
import type { PendingCommit } from './PendingCommit.ts';
import { type Seat, type SeatOptions, takeSeat } from './Seat.ts';
import { readPrivateMessage } from './wire.ts';

export interface FoundOptions extends SeatOptions {
  /** 1 to 64 bytes of UTF-8; the delivery service names it. */
  readonly groupId: string;
}

/** What a message of the group meant. */
export type Processed =
  | { readonly kind: 'commit'; readonly epoch: number; readonly change: GroupChange }
  | { readonly kind: 'removed'; readonly committer: GroupMember }
  | {
      readonly kind: 'application';
      /** The epoch it was sealed in: not later than ours. */
      readonly epoch: number;
      readonly sender: GroupMember;
      readonly bytes: Uint8Array<ArrayBuffer>;
    };

type Lifetime = 'active' | 'removed' | 'closed';

let newGroup: (seat: Seat, state: ClientState) => MeetingGroup;
let readState: (group: MeetingGroup) => ClientState;

/**
 * One member's view of the MLS group (RFC 9420) of a meeting: who is in, and the keys of each epoch.
 *
 * No network and no timers: bytes go in and come out. Operations are done one after the other; one that fails
 * leaves the group as it was. Every epoch is checked by the rules of `checkCommit`, `checkOutcome` and
 * `AuthenticationService`, whoever made it.
 *
 * A commit that the delivery service took is taken over by `apply`; when another won, the winner is given to
 * `process` and the own one is forgotten. Errors are `MlsError`.
 */
export class MeetingGroup {
  readonly #seat: Seat;
  readonly #queue = new OperationQueue();
  readonly #pending = new WeakMap<PendingCommit, { next: ClientState; consumed: readonly Uint8Array[] }>();
  /** Signature keys of all leaves that were in the group since we are: a KeyPackage is for one stay. */
  readonly #seen = new Set<string>();
  readonly #formerKeys = new FormerLeafKeys();
  #state: ClientState;
  #lifetime: Lifetime = 'active';

  private constructor(seat: Seat, state: ClientState) {
    this.#seat = seat;
    this.#state = state;
    this.#remember();
  }

  static {
    newGroup = (seat, state) => new MeetingGroup(seat, state);
    readState = (group) => group.#state;
  }

  /** A group at epoch 0 with oneself in it. @throws MlsError `malformed`. */
  static async found(options: FoundOptions): Promise<MeetingGroup> {
    const seat = await takeSeat(options);
    return await foundGroup(seat, await makeKeyPackage(seat), options.groupId);
  }

  get epoch(): number {
    return Number(this.#state.groupContext.epoch);
  }

  get ownLeaf(): number {
    return this.#state.privatePath.leafIndex;
  }

  get groupId(): string {
    return new TextDecoder().decode(this.#state.groupContext.groupId);
  }

  get lifetime(): Lifetime {
    return this.#lifetime;
  }

  /** RFC 9420 section 8.7: equal for two members exactly when they agree on everything up to this epoch. */
  get epochAuthenticator(): Uint8Array<ArrayBuffer> {
    this.#assertActive();
    return new Uint8Array(this.#state.keySchedule.epochAuthenticator);
  }

  /** In order of leaves; those whose leaf does not say who they are, as they were introduced to us. */
  members(): readonly GroupMember[] {
    return this.leaves().map((leaf) => this.#seat.introductions.of(leaf));
  }

  /** As the tree says and nothing else: what all members know of each other. */
  leaves(): readonly GroupMember[] {
    return leavesOf(this.#state.ratchetTree).map(memberOf);
  }

  /** Holds what we were told of unnamed leaves against the tree. @returns of whom we know now who they are */
  async learnIntroductions(): Promise<readonly GroupMember[]> {
    return await this.#run(async ({ ratchetTree }) => {
      const { introductions, authentication } = this.#seat;
      return await introductions.look(leavesOf(ratchetTree), authentication);
    });
  }

  /**
   * Who comes in by an unnamed KeyPackage, as they introduce themselves with it.
   * @throws MlsError as `inspect`.
   */
  async inspectIntroduction(keyPackage: Uint8Array, introduction: Uint8Array): Promise<NamedFields> {
    return await this.#run(async () => {
      const { keyPackage: opened, credential } = await this.#open(keyPackage);
      const leafKey = opened.leafNode.signaturePublicKey;
      const { participantId } = credential;
      return await this.#seat.authentication.verifyIntroduction(introduction, leafKey, participantId);
    });
  }

  /** RFC 9420 section 8.5: a secret of the present epoch for another protocol. `length` in bytes. */
  async exporter(label: string, context: Uint8Array, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return await this.#run(async (state) => {
      if (length < 1 || length > MLS_LIMITS.exporterBytes)
        throw new MlsError('too_large', 'an impossible length');
      const { exporterSecret } = state.keySchedule;
      return new Uint8Array(await mlsExporter(exporterSecret, label, context, length, this.#seat.suite));
    });
  }

  /**
   * SignWithLabel (RFC 9420 section 5.1.2) by our leaf. Does not wait for operations that are under way: the key is the
   * same in all epochs.
   */
  async sign(label: string, content: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    this.#assertActive();
    const { signaturePrivateKey } = this.#state;
    return new Uint8Array(
      await signWithLabel(signaturePrivateKey, label, content, this.#seat.suite.signature),
    );
  }

  /** For what the members of the present epoch sign. */
  leafSignatures(): LeafSignatures {
    return new LeafSignatures(this.#state.ratchetTree, this.#seat.suite);
  }

  /**
   * A text for one member of this epoch, which nobody else can open (`sealToLeaf`). That it comes from us it proves only
   * inside of a message of ours.
   * @returns with the epoch in which it makes sense
   * @throws MlsError `not_a_member` for a leaf that is blank, or our own.
   */
  async sealTo(
    leafIndex: number,
    label: string,
    text: Uint8Array<ArrayBuffer>,
  ): Promise<LeafSealed & { readonly epoch: number }> {
    return await this.#run(async ({ ratchetTree, groupContext }) => {
      const sender = this.ownLeaf;
      if (leafIndex === sender) throw new MlsError('not_a_member', 'a text for oneself');
      const { groupId, epoch } = groupContext;
      const place = { groupId, epoch, sender, recipient: leafIndex };
      const sealed = await sealToLeaf(ratchetTree, place, label, text, this.#seat.suite);
      return { ...sealed, epoch: Number(epoch) };
    });
  }

  /**
   * What a member has sealed to us in a message of this epoch, or of a former one that can still be read.
   * @throws MlsError `bad_message` when it was for somebody else, `stale_epoch`.
   */
  async openFrom(
    leafIndex: number,
    epoch: number,
    label: string,
    sealed: LeafSealed,
  ): Promise<Uint8Array<ArrayBuffer>> {
    return await this.#run(async (state) => {
      const { groupId, epoch: present } = state.groupContext;
      const at = BigInt(epoch);
      const key = at === present ? leafKeyOf(state) : this.#formerKeys.at(at);
      if (key === null) throw new MlsError('stale_epoch', 'a text of an epoch whose keys are gone');
      const place = { groupId, epoch: at, sender: leafIndex, recipient: this.ownLeaf };
      return await openAtLeaf(key, place, label, sealed, this.#seat.suite);
    });
  }

  /**
   * Who a KeyPackage would bring in, when `commit` would take it. Asked of each by itself, so that one bad
   * package does not hold up the others.
   * @throws MlsError `bad_key_package`, `bad_credential`, `seen_before`, `too_large` or `malformed`.
   */
  async inspect(keyPackage: Uint8Array): Promise<CredentialFields> {
    return await this.#run(async () => fieldsOf((await this.#open(keyPackage)).credential));
  }

  /**
   * A commit that removes these leaves and adds these KeyPackages; with neither, it gives oneself new keys.
   * The group stays at its epoch until `apply`. Who returns is added and removed at once: of two leaves with one
   * participant id the commit must remove the old one.
   * @throws MlsError `duplicate`, `not_a_member`, `too_large`, `bad_commit`, or as `inspect`.
   */
  async commit(wanted: {
    readonly add?: readonly Uint8Array[];
    readonly remove?: readonly number[];
  }): Promise<PendingCommit> {
    const { add = [], remove = [] } = wanted;
    return await this.#run(async (state) => {
      const added = await Promise.all(add.map((keyPackage) => this.#open(keyPackage)));
      const made = await makeCommit(state, this.#seat, added, remove);
      this.#state = made.current;
      const { commit, welcome, change, next, consumed } = made;
      const pending: PendingCommit = { commit, welcome, change, epoch: Number(state.groupContext.epoch) };
      this.#pending.set(pending, { next, consumed });
      return pending;
    });
  }

  /**
   * Takes over a commit of one's own that the delivery service accepted.
   * @throws MlsError `stale_epoch` when another commit was processed meanwhile.
   */
  async apply(pending: PendingCommit): Promise<GroupChange> {
    return await this.#run(async (state) => {
      const made = this.#pending.get(pending);
      if (made === undefined || BigInt(pending.epoch) !== state.groupContext.epoch)
        throw new MlsError('stale_epoch', 'another commit was first');
      this.#pending.delete(pending);
      // Messages that came after the commit was made used up keys: the past epoch is kept as it is by now, or
      // they could be replayed.
      const [historicalReceiverData] = addHistoricalReceiverData(state);
      this.#take({ ...made.next, historicalReceiverData }, made.consumed);
      return pending.change;
    });
  }

  /**
   * Takes a commit or an application message of somebody else.
   * @param allow asked before a commit is taken, unless it removes us; without it all valid ones are.
   * @throws MlsError; the group is as it was before.
   */
  async process(bytes: Uint8Array, allow: ChangePolicy = () => true): Promise<Processed> {
    return await this.#run(async (state) => {
      const message = readPrivateMessage(bytes);
      const opened = await openMessage(message, state, this.#seat);
      if (opened.kind === 'commit') return await this.#processCommit(bytes, opened, allow);
      this.#state = opened.after;
      const sender = this.#seat.introductions.of(memberOf(leafOf(state, opened.sender)));
      return { kind: 'application', epoch: Number(opened.epoch), sender, bytes: opened.bytes };
    });
  }

  /**
   * An application message (RFC 9420 section 15) to all members of this epoch, signed. Padded to 256 bytes at least.
   * @throws MlsError `too_large` past 40 kB.
   */
  async seal(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    return await this.#run(async (state) => {
      if (bytes.length > MLS_LIMITS.applicationBytes)
        throw new MlsError('too_large', 'a message is too large');
      const sealed = await createApplicationMessage(state, new Uint8Array(bytes), this.#seat.suite);
      this.#state = sealed.newState;
      for (const secret of sealed.consumed) secret.fill(0);
      const { privateMessage } = sealed;
      return new Uint8Array(
        encodeMlsMessage({ privateMessage, wireformat: 'mls_private_message', version: 'mls10' }),
      );
    });
  }

  /** From now on nothing of epochs before `oldest` can be read. Without it the last eight are kept. */
  async forgetEpochsBefore(oldest: number): Promise<void> {
    await this.#run(async (state) => {
      this.#state = forgetEpochs(state, BigInt(oldest));
      this.#formerKeys.forgetAllBut(this.#state);
    });
  }

  /** Overwrites the keys once what is under way is done. Nothing works afterwards. */
  async close(): Promise<void> {
    await this.#queue.run(async () => {
      if (this.#lifetime === 'closed') return;
      this.#lifetime = 'closed';
      this.#formerKeys.wipe();
      wipe(this.#state);
    });
  }

  async #processCommit(
    bytes: Uint8Array,
    opened: Extract<OpenedMessage, { kind: 'commit' }>,
    allow: ChangePolicy,
  ): Promise<Processed> {
    const before = this.#state;
    const plan = await checkCommit(opened.commit, opened.sender, before, this.#seat);
    const committer = memberOf(leafOf(before, opened.sender));
    // Asked of the commit itself: the library asks whether our leaf is blank afterwards, and it may be taken again.
    if (plan.removed.includes(this.ownLeaf)) {
      this.#lifetime = 'removed';
      this.#formerKeys.wipe();
      wipe(before);
      return { kind: 'removed', committer };
    }
    const added = plan.added.map(({ credential }) => fieldsOf(credential));
    const removed = plan.removed.map((leafIndex) => memberOf(leafOf(before, leafIndex)));
    if (!(await allow({ committer, added, removed }))) throw new MlsError('refused', 'the policy says no');
    const { suite, pskIndex } = this.#seat;
    const message = readPrivateMessage(bytes);
    const result = await processPrivateMessage(before, message, pskIndex, suite, acceptAll).catch(
      (error: unknown) => {
        throw asMlsError(error, 'bad_commit', 'a commit does not lead to the next epoch');
      },
    );
    if (result.kind !== 'newState') throw new MlsError('bad_commit', 'not a commit');
    const change = checkOutcome(before, result.newState, opened.sender, plan);
    await checkPathKeys(before, result.newState);
    this.#take(result.newState, result.consumed);
    return { kind: 'commit', epoch: this.epoch, change };
  }

  async #open(keyPackage: Uint8Array) {
    const opened = await openKeyPackage(keyPackage, this.#seat);
    if (this.#seen.has(toBase64Url(opened.keyPackage.leafNode.signaturePublicKey)))
      throw new MlsError('seen_before', 'a KeyPackage was used already');
    return opened;
  }

  #take(state: ClientState, consumed: readonly Uint8Array[]): void {
    this.#formerKeys.keep(this.#state, state);
    this.#state = forgetBlankNodes(state);
    for (const secret of consumed) secret.fill(0);
    this.#remember();
  }

  #remember(): void {
    for (const { node } of leavesOf(this.#state.ratchetTree))
      this.#seen.add(toBase64Url(node.signaturePublicKey));
  }

  async #run<T>(operation: (state: ClientState) => Promise<T>): Promise<T> {
    return await this.#queue.run(async () => {
      this.#assertActive();
      return await operation(this.#state);
    });
  }

  #assertActive(): void {
    if (this.#lifetime === 'removed') throw new MlsError('removed', 'this member was removed');
    if (this.#lifetime === 'closed') throw new MlsError('closed', 'the group is closed');
  }
}

/** With this leaf in it, at epoch 0. @throws MlsError `malformed`. */
export async function foundGroup(seat: Seat, own: OwnKeyPackage, groupId: string): Promise<MeetingGroup> {
  const { publicPackage, privatePackage } = own;
  const id = groupIdBytes(groupId);
  return newGroup(seat, await createGroup(id, publicPackage, privatePackage, [], seat.suite, seat.config));
}

/** For `PendingJoiner`: not for others, a state is checked before it comes here. */
export function groupFromState(seat: Seat, state: ClientState): MeetingGroup {
  return newGroup(seat, state);
}

/** For tests that play a member who does not follow the rules. */
export function stateOf(group: MeetingGroup): ClientState {
  return readState(group);
}
