import type { AccountId, CallChannelMessage, SessionId } from '@conclave/protocol';

/** A page on which somebody is signed in, that listens. */
export interface CallChannel {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  send(message: CallChannelMessage): void;
}

/** Pages that one account may have open and be told of calls on. */
const mostOfOneAccount = 40;

/** Who can be told of calls now. */
export class CallChannels {
  readonly #all = new Map<AccountId, Set<CallChannel>>();

  /** @returns null when there are too many already */
  add(channel: CallChannel): Disposable | null {
    const own = this.#all.get(channel.accountId) ?? new Set<CallChannel>();
    if (own.size >= mostOfOneAccount) return null;
    this.#all.set(channel.accountId, own.add(channel));
    return {
      [Symbol.dispose]: () => {
        own.delete(channel);
        if (own.size === 0) this.#all.delete(channel.accountId);
      },
    };
  }

  of(accountId: AccountId): readonly CallChannel[] {
    return [...(this.#all.get(accountId) ?? [])];
  }

  accounts(): readonly AccountId[] {
    return [...this.#all.keys()];
  }

  hasSession(accountId: AccountId, sessionId: SessionId): boolean {
    return this.of(accountId).some((channel) => channel.sessionId === sessionId);
  }
}
