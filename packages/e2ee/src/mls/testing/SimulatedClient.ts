import { CommitterElection } from '../election/CommitterElection.ts';
import { MlsError } from '../errors.ts';
import { MeetingGroup } from '../group/MeetingGroup.ts';
import type { PendingCommit } from '../group/PendingCommit.ts';
import { PendingJoiner } from '../group/PendingJoiner.ts';
import type { Delivery, OrderingServer, Submission } from './OrderingServer.ts';
import { groupId, guest, seat } from './people.ts';

/** A client that follows the rules: its group, its election, an inbox and an outbox that the schedule empties. */
export class SimulatedClient {
  readonly participantId: string;
  readonly inbox: Delivery[] = [];
  readonly outbox: (() => void)[] = [];
  /** What it refused. An honest client among honest ones refuses nothing but messages that are not for it. */
  readonly refused: string[] = [];
  readonly heard: number[] = [];
  group: MeetingGroup | null = null;
  alive = true;
  readonly #server: OrderingServer;
  readonly #me: ReturnType<typeof guest>;
  #joiner: PendingJoiner | null = null;
  #election: CommitterElection | null = null;
  #sent: PendingCommit | null = null;
  #pending: Extract<Delivery, { kind: 'pending' }> = { kind: 'pending', waiting: [], gone: [] };

  constructor(name: string, server: OrderingServer) {
    this.#me = guest(name);
    this.participantId = this.#me.participantId;
    this.#server = server;
  }

  async found(now: number): Promise<void> {
    this.group = await MeetingGroup.found({ ...seat('', { me: this.#me }), groupId });
    this.#election = new CommitterElection(this.group.ownLeaf, [this.group.ownLeaf], now);
    this.#server.found(this);
  }

  /** Asks to be let in; a member that does so has lost its state and comes back with a new leaf. */
  async join(): Promise<void> {
    this.group = null;
    this.#election = null;
    this.#sent = null;
    this.inbox.length = 0;
    this.outbox.length = 0;
    const joiner = await PendingJoiner.prepare(seat('', { me: this.#me }));
    this.#joiner = joiner;
    this.#server.join(this, joiner.keyPackage);
  }

  deliver(delivery: Delivery): void {
    if (this.alive) this.inbox.push(delivery);
  }

  /** A message of one byte to all who are in this epoch. */
  async say(value: number): Promise<void> {
    const { group } = this;
    if (!this.alive || group === null) return;
    const bytes = await group.seal(Uint8Array.of(value));
    this.outbox.push(() => this.#server.relay(this, bytes));
  }

  async takeOne(now: number): Promise<void> {
    const delivery = this.inbox.shift();
    if (delivery === undefined) return;
    try {
      await this.#take(delivery, now);
    } catch (error) {
      if (!(error instanceof MlsError)) throw error;
      // Sealed before one was in, or by somebody who has been removed: nothing that one should hear.
      const expected = delivery.kind === 'message' && ['stale_epoch', 'bad_message'].includes(error.code);
      if (!expected) this.refused.push(`${delivery.kind}: ${error.code}`);
    }
  }

  /** Commits when it is its turn. The commit waits in the outbox. */
  async tick(now: number): Promise<void> {
    const { group } = this;
    if (!this.alive || group === null || this.#election === null || this.#sent !== null) return;
    const step = this.#election.next(now);
    if (step.kind === 'wait') return;
    const waiting = this.#pending.waiting.filter(({ participantId }) => step.add.includes(participantId));
    const removed = group.members().filter(({ leafIndex }) => step.remove.includes(leafIndex));
    const sent = await group.commit({
      add: waiting.map(({ keyPackage }) => keyPackage),
      remove: step.remove,
    });
    this.#sent = sent;
    this.#election.committing();
    const submission: Submission = {
      epoch: sent.epoch,
      commit: sent.commit,
      welcome: sent.welcome,
      added: waiting.map(({ participantId }) => participantId),
      removed: removed.map(({ participantId }) => participantId),
    };
    this.outbox.push(() => this.#server.submit(this, submission));
  }

  async #take(delivery: Delivery, now: number): Promise<void> {
    switch (delivery.kind) {
      case 'pending':
        this.#pending = delivery;
        this.#tellElection(now);
        return;
      case 'welcome':
        if (this.#joiner === null) return;
        this.group = await this.#joiner.join(delivery.bytes, groupId);
        this.#joiner = null;
        this.#election = new CommitterElection(this.group.ownLeaf, this.#leaves(), now);
        this.#tellElection(now);
        return;
      case 'answer':
        await this.#answered(delivery.accepted, now);
        return;
      case 'commit':
      case 'message':
        await this.#process(delivery.bytes, now);
    }
  }

  async #answered(accepted: boolean, now: number): Promise<void> {
    const sent = this.#sent;
    this.#sent = null;
    if (sent === null || this.group === null) return;
    if (!accepted) {
      this.#election?.failed(now);
      return;
    }
    this.#changed(await this.group.apply(sent), now);
  }

  async #process(bytes: Uint8Array, now: number): Promise<void> {
    if (this.group === null) return;
    const processed = await this.group.process(bytes);
    if (processed.kind === 'commit') this.#changed(processed.change, now);
    else if (processed.kind === 'application') this.heard.push(processed.bytes[0] ?? -1);
    else this.group = null;
  }

  #changed(change: Awaited<ReturnType<MeetingGroup['apply']>>, now: number): void {
    this.#election?.epochChanged(
      {
        leaves: this.#leaves(),
        added: change.added.map(({ participantId }) => participantId),
        removed: change.removed.map(({ leafIndex }) => leafIndex),
      },
      now,
    );
    // What the server told before this commit is done in part; its next word comes after it.
    const added = change.added.map(({ participantId }) => participantId);
    const removed = change.removed.map(({ participantId }) => participantId);
    this.#pending = {
      kind: 'pending',
      waiting: this.#pending.waiting.filter(({ participantId }) => !added.includes(participantId)),
      gone: this.#pending.gone.filter((id) => !removed.includes(id)),
    };
    this.#tellElection(now);
  }

  /** The server names participants; the tree says which leaf is theirs, unless it is the new one already. */
  #tellElection(now: number): void {
    const members = this.group?.members() ?? [];
    const gone = members.filter(({ participantId }) => this.#pending.gone.includes(participantId));
    const waiting = this.#pending.waiting.map(({ participantId }) => participantId);
    this.#election?.pending({ waiting, gone: gone.map(({ leafIndex }) => leafIndex) }, now);
  }

  #leaves(): number[] {
    return this.group?.members().map(({ leafIndex }) => leafIndex) ?? [];
  }
}
