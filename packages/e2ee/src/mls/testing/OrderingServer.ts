import type { SimulatedClient } from './SimulatedClient.ts';

/** What the delivery service sends to one client, in order. */
export type Delivery =
  | { readonly kind: 'pending'; readonly waiting: readonly Waiting[]; readonly gone: readonly string[] }
  | { readonly kind: 'commit'; readonly bytes: Uint8Array }
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  | { readonly kind: 'welcome'; readonly bytes: Uint8Array }
  | { readonly kind: 'answer'; readonly accepted: boolean };

export interface Waiting {
  readonly participantId: string;
  readonly keyPackage: Uint8Array;
}

export interface Submission {
  readonly epoch: number;
  readonly commit: Uint8Array;
  readonly welcome: Uint8Array | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The delivery service as far as the group sees it: compare-and-swap on the epoch, relays, no knowledge. */
export class OrderingServer {
  epoch = 0;
  /** Commits that came when another had been first. */
  lost = 0;
  readonly #members = new Map<string, SimulatedClient>();
  readonly #waiting = new Map<string, { client: SimulatedClient; keyPackage: Uint8Array }>();
  readonly #gone = new Set<string>();

  found(founder: SimulatedClient): void {
    this.#members.set(founder.participantId, founder);
  }

  /** Whether this client is a member and not about to be removed. */
  holds(client: SimulatedClient): boolean {
    return this.#members.get(client.participantId) === client && !this.#gone.has(client.participantId);
  }

  join(client: SimulatedClient, keyPackage: Uint8Array): void {
    // Who returns with a new leaf has given up the old one.
    if (this.#members.has(client.participantId)) this.#gone.add(client.participantId);
    this.#waiting.set(client.participantId, { client, keyPackage });
    this.#tellPending();
  }

  leave(participantId: string): void {
    this.#waiting.delete(participantId);
    if (this.#members.has(participantId)) this.#gone.add(participantId);
    this.#tellPending();
  }

  submit(sender: SimulatedClient, submission: Submission): void {
    const { epoch, commit, welcome, added, removed } = submission;
    const fits =
      this.holds(sender) &&
      epoch === this.epoch &&
      added.every((id) => this.#waiting.has(id)) &&
      removed.every((id) => this.#gone.has(id));
    sender.deliver({ kind: 'answer', accepted: fits });
    if (!fits) {
      this.lost++;
      return;
    }
    this.epoch++;
    for (const id of removed) {
      // Also to the removed, who must get nothing from it.
      this.#members.get(id)?.deliver({ kind: 'commit', bytes: commit });
      this.#members.delete(id);
      this.#gone.delete(id);
    }
    for (const member of this.#members.values())
      if (member !== sender) member.deliver({ kind: 'commit', bytes: commit });
    for (const id of added) {
      const joined = this.#waiting.get(id);
      if (joined === undefined || welcome === null) continue;
      joined.client.deliver({ kind: 'welcome', bytes: welcome });
      this.#members.set(id, joined.client);
      this.#waiting.delete(id);
    }
    this.#tellPending();
  }

  relay(sender: SimulatedClient, bytes: Uint8Array): void {
    for (const member of this.#members.values())
      if (member !== sender) member.deliver({ kind: 'message', bytes });
  }

  #tellPending(): void {
    const waiting = [...this.#waiting].map(([participantId, { keyPackage }]) => ({
      participantId,
      keyPackage,
    }));
    for (const member of this.#members.values())
      member.deliver({ kind: 'pending', waiting, gone: [...this.#gone] });
  }
}
