import { type Bytes, equalInConstantTime } from '../bytes.ts';
import { decodeMemberMessage, type MemberMessage } from '../member-messages/memberMessage.ts';
import {
  CommitterElection,
  type GroupChange,
  type GroupMember,
  type MeetingGroup,
  MlsError,
  type PendingCommit,
} from '../mls/index.ts';
import { Allowance } from './Allowance.ts';
import { type Applicant, Applicants, type Verdict } from './Applicants.ts';
import type { Doorkeeper, Newcomer } from './door/Doorkeeper.ts';
import { Epochs } from './Epochs.ts';
import type { GroupWatch } from './GroupWatch.ts';
import type { AcceptedCommit, ServerAnswer, ServerRequest } from './messages.ts';

/** Of each member, before anything is decrypted. The server lets 10 a second pass, 40 at once. */
const allowed = { burst: 60, perSecond: 15 };
/** What does not open has cost so much more time than what does. */
const failureCost = 10;

export interface ReceivedMessage extends MemberMessage {
  readonly sender: GroupMember;
  /** In which it was sealed. */
  readonly epoch: number;
}

export interface MembershipPorts {
  /** Who may come in. */
  readonly door: Doorkeeper;
  /** Never rejects. */
  request(request: ServerRequest): Promise<ServerAnswer>;
  /** The group is in another epoch. */
  onEpoch(group: MeetingGroup): void;
  /** A member's word, proved to be theirs. */
  onMessage(received: ReceivedMessage): void;
  /** Somebody who wants to be let in, and cannot be. */
  onRefused(participantId: string): void;
  /** What is watched for may have changed. */
  onWatch(): void;
  /** Does a step when all that came before is done; a step that fails makes us come in anew. */
  enqueue(step: () => Promise<void>): void;
  /** ms, monotonic. */
  now(): number;
}

/** What is due, as the election has it. */
interface Due {
  readonly add: readonly string[];
  readonly remove: readonly number[];
}

/**
 * Being in one group: takes the commits that the delivery service has ordered, commits when it is our turn, and keeps the
 * media keys in step. Whatever throws here leaves us with a state that is of no use.
 */
export class Membership {
  readonly group: MeetingGroup;
  readonly epochs: Epochs;
  readonly #ports: MembershipPorts;
  readonly #watch: GroupWatch;
  readonly #election: CommitterElection;
  readonly #door: Doorkeeper;
  readonly #applicants: Applicants;
  readonly #allowance = new Allowance(allowed);
  /** Ids of those who are gone, as the server says. */
  #gone: readonly string[] = [];
  /** Leaves of whoever was ever said to be gone: due until they are out of the tree, whatever is said later. */
  readonly #dueLeaves = new Set<number>();
  /** A commit of ours whose fate is not known. */
  #unsettled: PendingCommit | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  private constructor(group: MeetingGroup, epochs: Epochs, watch: GroupWatch, ports: MembershipPorts) {
    this.group = group;
    this.#door = ports.door;
    this.#applicants = new Applicants(ports.door);
    this.epochs = epochs;
    this.#watch = watch;
    this.#ports = ports;
    const leaves = group.members().map(({ leafIndex }) => leafIndex);
    this.#election = new CommitterElection(group.ownLeaf, leaves, ports.now());
  }

  static async begin(group: MeetingGroup, watch: GroupWatch, ports: MembershipPorts): Promise<Membership> {
    // Whoever was let in before us is the business of those who let us in.
    ports.door.met(group.leaves());
    ports.door.know(await group.learnIntroductions());
    return new Membership(group, await Epochs.begin(group), watch, ports);
  }

  /** We were told of people whose leaf does not say who they are. @returns whether more is known now */
  async learnIntroductions(): Promise<boolean> {
    const known = await this.group.learnIntroductions();
    this.#door.know(known);
    return known.length > 0;
  }

  get groupId(): string {
    return this.group.groupId;
  }

  /** We are here and read what is sent in this epoch. */
  acknowledge(): void {
    const { groupId, epoch } = this.group;
    void this.#ports.request({ type: 'ack', groupId, epoch });
  }

  /** Nobody waits for somebody whose connection is lost to commit. */
  rank(connected: readonly string[]): void {
    this.#election.present(this.#leavesOf(connected));
    this.schedule();
  }

  /** All members are in this epoch. */
  settle(epoch: number): void {
    this.epochs.settle(epoch, this.#ports.now());
    this.schedule();
  }

  /** All that is to be committed, as the delivery service tells it. */
  async learnPending(waiting: readonly Applicant[], gone: readonly string[]): Promise<void> {
    const applicants = this.#applicants;
    this.#heed(await applicants.update(waiting, this.group, this.#ports.now()));
    // Of whoever came back, the former leaf went with the commit that added the present one.
    this.#gone = gone.filter((id) => !applicants.isAdded(id));
    for (const leaf of this.#leavesOf(this.#gone)) this.#dueLeaves.add(leaf);
    this.#tellPending();
    this.#ports.onWatch();
    await this.#act();
  }

  /** Rules of the door have changed, or who opens it, or, of a breakout room, who is in the meeting. */
  async doorChanged(): Promise<void> {
    this.#review();
    this.#tellPending();
    this.#ports.onWatch();
    await this.#act();
  }

  /** A commit that the delivery service has taken, somebody's or, when its answer was lost, our own. */
  async follow({ epoch, commit, added }: AcceptedCommit): Promise<void> {
    const { group } = this;
    if (epoch < group.epoch) return;
    if (epoch > group.epoch) throw new MlsError('future_epoch', 'commits are missing');
    const unsettled = this.#unsettled;
    this.#unsettled = null;
    if (unsettled !== null && equalInConstantTime(unsettled.commit, commit))
      return await this.#advance(await group.apply(unsettled), added);
    const processed = await group.process(commit, (change) => this.#door.allows(change, added));
    if (processed.kind === 'removed') throw new MlsError('removed', 'we are no longer in the group');
    if (processed.kind === 'commit') await this.#advance(processed.change, added);
  }

  /** We are back, and missed these: what we know is what the delivery service knows. */
  async catchUp(missed: readonly AcceptedCommit[]): Promise<void> {
    for (const commit of missed) await this.follow(commit);
    if (this.#unsettled !== null) this.#notTaken();
    this.acknowledge();
    this.schedule();
  }

  /** What cannot be read is somebody's fault and nobody's loss: it is dropped, and noticed when it goes on. */
  async read(from: string, message: Bytes): Promise<void> {
    // Whoever is said to have sent it counts: who it was in truth is known only when it has opened.
    const isMember = this.group.members().some(({ participantId }) => participantId === from);
    if (!isMember || !this.#allowance.take(from, this.#ports.now())) return;
    try {
      const processed = await this.group.process(message, () => false);
      if (processed.kind !== 'application') return;
      this.#watch.read(processed.sender.participantId);
      const decoded = decodeMemberMessage(processed.bytes);
      if (decoded !== null)
        this.#ports.onMessage({ ...decoded, sender: processed.sender, epoch: processed.epoch });
    } catch (error) {
      // One that was sealed before we came in, or so long ago that its keys are gone, is no wonder.
      const isPast = error instanceof MlsError && error.code === 'stale_epoch';
      if (!isPast) {
        this.#watch.unreadable(from, this.#ports.now());
        this.#allowance.charge(from, failureCost, this.#ports.now());
      }
      // Media goes first.
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.#ports.onWatch();
  }

  /** Sees to it that we ask ourselves again, when time alone makes something due. */
  schedule(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const now = this.#ports.now();
    const step = this.#election.next(now);
    const times = [
      this.epochs.update(now),
      this.#applicants.decidedAt,
      step.kind === 'commit' ? now : step.at,
    ];
    const next = Math.min(...times.map((at) => at ?? Number.POSITIVE_INFINITY));
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.#ports.enqueue(() => this.#act()), Math.max(0, next - now));
  }

  /** Media is neither sent nor opened any more. */
  stop(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.epochs.close();
  }

  async #advance({ added, removed }: GroupChange, newcomers: readonly Newcomer[]): Promise<void> {
    const { group } = this;
    await this.#door.welcome(added, newcomers);
    await this.learnIntroductions();
    const addedIds = added.map(({ participantId }) => participantId);
    this.#applicants.added(addedIds);
    for (const { leafIndex } of removed) this.#dueLeaves.delete(leafIndex);
    await this.epochs.enter(group, removed, this.#ports.now());
    this.#watch.advanced(added.length + removed.length === 0);
    this.#election.epochChanged(
      {
        leaves: group.members().map(({ leafIndex }) => leafIndex),
        added: addedIds,
        removed: removed.map(({ leafIndex }) => leafIndex),
      },
      this.#ports.now(),
    );
    // One who was added may be the host by whose word another one waits.
    this.#review();
    this.#tellPending();
    this.#ports.onEpoch(group);
    this.acknowledge();
    this.schedule();
  }

  /** Time alone makes somebody unacceptable too: an admission ends, or they are not in the meeting after a while. */
  #review(): void {
    this.#heed(this.#applicants.review(this.#ports.now()));
  }

  #heed(verdicts: readonly Verdict[]): void {
    for (const { participantId, acceptable } of verdicts) {
      if (acceptable) this.#election.reconsider(participantId);
      else this.#refuse(participantId);
    }
  }

  #tellPending(): void {
    const now = this.#ports.now();
    const waiting = this.#applicants.acceptable;
    const gone = [...this.#dueLeaves];
    this.#election.pending({ waiting, gone }, now);
    // The server takes no commit that removes somebody of whom it has not said that they are gone.
    const strangers = this.#door.strangersAmong(this.group.leaves()).map(({ leafIndex }) => leafIndex);
    this.#watch.pending([...gone, ...strangers, ...waiting], now);
  }

  /** Commits if it is our turn. */
  async #act(): Promise<void> {
    if (this.#closed) return;
    this.#review();
    const step = this.#election.next(this.#ports.now());
    if (step.kind === 'commit') await this.#commit(step);
    this.schedule();
  }

  async #commit(due: Due): Promise<void> {
    const { group } = this;
    this.#election.committing();
    const made = await this.#make(due);
    if (made === null) return this.#election.failed(this.#ports.now());
    const { added, pending } = made;
    const members = group.members();
    const removed = due.remove.flatMap(
      (leaf) => members.find(({ leafIndex }) => leafIndex === leaf)?.participantId ?? [],
    );
    const newcomers = added.flatMap((id) => this.#applicants.find(id) ?? []);
    this.#unsettled = pending;
    const { epoch, commit, welcome } = pending;
    const answer = await this.#ports.request({
      type: 'commit',
      groupId: group.groupId,
      epoch,
      commit,
      welcome,
      added,
      removed: this.#gone.filter((id) => removed.includes(id)),
    });
    if (answer.ok) {
      this.#unsettled = null;
      return await this.#advance(await group.apply(pending), newcomers);
    }
    // Without an answer it may have been taken: whoever comes back is told. Another one now would be for the same epoch,
    // and we could not tell any more which of them was taken.
    if (answer.code !== 'network.unreachable') this.#notTaken();
  }

  #notTaken(): void {
    this.#unsettled = null;
    this.#election.failed(this.#ports.now());
  }

  /**
   * A commit for what is due. When somebody spoils it, removals go first, then those who wait are added one by one, and
   * who cannot be added at all is refused: nobody keeps others in or out, or us from going on, by what they hand in.
   */
  async #make({
    add,
    remove,
  }: Due): Promise<{ readonly added: readonly string[]; readonly pending: PendingCommit } | null> {
    const applicants = this.#applicants;
    const [first] = add;
    const less = first === undefined ? [] : [remove.length > 0 ? [] : [first]];
    for (const added of [add, ...less]) {
      const keyPackages = added.flatMap((id) => applicants.find(id)?.keyPackage ?? []);
      try {
        return { added, pending: await this.group.commit({ add: keyPackages, remove }) };
      } catch (error) {
        if (first === undefined || added.length === 0 || this.group.lifetime !== 'active') throw error;
      }
    }
    if (first !== undefined) this.#refuse(first);
    return null;
  }

  #refuse(participantId: string): void {
    this.#election.refuse(participantId);
    const { groupId } = this.group;
    void this.#ports.request({ type: 'refuse', groupId, participantId });
    this.#ports.onRefused(participantId);
  }

  #leavesOf(participantIds: readonly string[]): number[] {
    const members = this.group.members();
    return participantIds.flatMap((id) => members.find((one) => one.participantId === id)?.leafIndex ?? []);
  }
}
