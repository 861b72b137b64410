import {
  type AccountId,
  type CallId,
  type CallParty,
  ConclaveError,
  type ContactId,
  LIMITS,
  type SessionId,
} from '@conclave/protocol';
import type { Clock } from '../../clock.ts';
import { type CallCommand, type CallState, decideCall } from './callState.ts';

/** By what a caller is known again: their session, or the token of this one call. */
export type CallOwner =
  | { readonly kind: 'member'; readonly accountId: AccountId; readonly sessionId: SessionId }
  | { readonly kind: 'contact'; readonly contactId: ContactId; readonly tokenHash: Uint8Array };

export interface Call {
  readonly id: CallId;
  readonly owner: CallOwner;
  /** As the callee is told. */
  readonly caller: CallParty;
  /** Whom it is for: null when there is no such person. */
  readonly callee: AccountId | null;
  /** Whether the callee hears it. The caller is told the same either way. */
  readonly heard: boolean;
  readonly state: CallState;
}

/** @param before null: it begins */
export type CallListener = (call: Call, before: Call | null) => void;

/** So long the end of a call can be asked for. */
const keptMs = 30_000;
/** A caller of whom nothing is seen for so long has gone. */
const awayMs = 8_000;
const everyMs = 1_000;

/** The calls that ring now. In memory: a ring does not outlive the server, but what it leaves is missed (`missed_calls`). */
export class CallDesk implements Disposable {
  readonly #calls = new Map<CallId, Call>();
  readonly #listeners = new Set<CallListener>();
  readonly #clock: Clock;
  readonly #isHere: (owner: CallOwner, id: CallId) => boolean;
  /** Since when a caller who was here is away. */
  readonly #away = new Map<CallId, number | null>();
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param isHere whether the caller can be told anything now */
  constructor(clock: Clock, isHere: (owner: CallOwner, id: CallId) => boolean) {
    this.#clock = clock;
    this.#isHere = isHere;
    this.#timer = setInterval(() => this.sweep(), everyMs);
    this.#timer.unref();
  }

  listen(listener: CallListener): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  find(id: CallId): Call | null {
    return this.#calls.get(id) ?? null;
  }

  /** @throws ConclaveError call.busy: one call at a time */
  refuseSecond(owner: CallOwner): void {
    for (const call of this.#calls.values())
      if (call.state.name !== 'over' && isSameCaller(call.owner, owner)) throw new ConclaveError('call.busy');
  }

  /** @throws ConclaveError call.busy */
  begin(call: Call): void {
    this.refuseSecond(call.owner);
    this.#calls.set(call.id, call);
    this.#tell(call, null);
  }

  /** @throws ConclaveError call.not_found, call.over */
  do(id: CallId, command: CallCommand): Call {
    const call = this.#calls.get(id);
    if (call === undefined) throw new ConclaveError('call.not_found');
    return this.#put(call, { ...call, state: decideCall(call.state, command, this.#clock()) });
  }

  /** The callee hears it no more; the caller notices nothing. */
  hush(id: CallId): void {
    const call = this.#calls.get(id);
    if (call?.heard === true) this.#put(call, { ...call, heard: false });
  }

  /** Calls that are going on. */
  all(): readonly Call[] {
    return [...this.#calls.values()].filter(({ state }) => state.name !== 'over');
  }

  heardBy(accountId: AccountId): readonly Call[] {
    return this.all().filter(({ callee, heard, state }) => {
      return heard && callee === accountId && state.name === 'ringing';
    });
  }

  hearsTooMany(accountId: AccountId): boolean {
    return this.heardBy(accountId).length >= LIMITS.ringsAtOnce;
  }

  /** What time brings: rings end, and callers who have gone give up. */
  sweep(): void {
    const now = this.#clock();
    for (const call of [...this.#calls.values()]) {
      if (call.state.name === 'over') {
        if (now - call.state.at > keptMs) this.#forget(call.id);
        continue;
      }
      this.do(call.id, this.#hasGone(call, now) ? { do: 'cancel' } : { do: 'wait' });
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  /** Only who was here can go: what is asked over REST alone rings its time. */
  #hasGone({ id, owner }: Call, now: number): boolean {
    if (this.#isHere(owner, id)) {
      this.#away.set(id, null);
      return false;
    }
    const since = this.#away.get(id);
    if (since === undefined) return false;
    if (since === null) this.#away.set(id, now);
    return since !== null && now - since > awayMs;
  }

  #forget(id: CallId): void {
    this.#calls.delete(id);
    this.#away.delete(id);
  }

  #put(before: Call, after: Call): Call {
    if (before.state === after.state && before.heard === after.heard) return after;
    this.#calls.set(after.id, after);
    this.#tell(after, before);
    return after;
  }

  #tell(call: Call, before: Call | null): void {
    for (const listener of [...this.#listeners]) listener(call, before);
  }
}

function isSameCaller(one: CallOwner, other: CallOwner): boolean {
  if (one.kind === 'member') return other.kind === 'member' && one.accountId === other.accountId;
  return other.kind === 'contact' && one.contactId === other.contactId;
}
