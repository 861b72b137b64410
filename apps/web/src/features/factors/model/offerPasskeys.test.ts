import type { PasskeyAssertion, PasskeyRequest, SignInAnswer } from '@conclave/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { offerPasskeys, type PasskeyOffer } from './offerPasskeys.ts';

const timeout = 600_000;
const assertion = { id: 'a passkey' } as unknown as PasskeyAssertion;
const signedIn = { kind: 'signed-in' } as unknown as SignInAnswer;

/** A browser in which a test picks passkeys, and a service that takes them. */
class World implements PasskeyOffer {
  available = true;
  refusal: Error | null = null;
  readonly asked: string[] = [];
  readonly waiting: { challenge: string; signal: AbortSignal; pick: () => void; fail: () => void }[] = [];
  readonly isAvailable = async () => this.available;
  readonly onSignedIn = vi.fn();
  readonly onProblem = vi.fn();
  readonly signIn = vi.fn(async () => {
    if (this.refusal !== null) throw this.refusal;
    return signedIn;
  });

  async ask(): Promise<PasskeyRequest> {
    const challenge = `challenge ${this.asked.length + 1}`;
    this.asked.push(challenge);
    return { challenge, timeout } as unknown as PasskeyRequest;
  }

  answer({ challenge }: PasskeyRequest, signal: AbortSignal): Promise<PasskeyAssertion> {
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Error('cancelled'));
      signal.addEventListener('abort', fail);
      this.waiting.push({ challenge, signal, pick: () => resolve(assertion), fail });
    });
  }

  /** The question that the browser has now. */
  async now() {
    await vi.advanceTimersByTimeAsync(0);
    return this.waiting.at(-1);
  }
}

let world: World;
let stop: AbortController;
let done: Promise<void>;
let isDone: boolean;
beforeEach(() => {
  vi.useFakeTimers();
  // Node's own is on a clock that no test turns.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), ms);
    return controller.signal;
  });
  world = new World();
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
function begin(): void {
  isDone = false;
  done = offerPasskeys(world, stop.signal).then(() => {
    isDone = true;
  });
}

describe('passkeys in the field for the address', () => {
  it('sign in when one is picked', async () => {
    begin();
    (await world.now())?.pick();
    await done;
    expect(world.signIn).toHaveBeenCalledExactlyOnceWith(assertion);
    expect(world.onSignedIn).toHaveBeenCalledExactlyOnceWith(signedIn);
    expect(world.asked).toHaveLength(1);
  });

  it('are not asked for where the browser does not offer them', async () => {
    world.available = false;
    begin();
    await done;
    expect(world.asked).toEqual([]);
  });

  it('end with another way, and whoever picked one at that moment is not signed in by it', async () => {
    begin();
    const question = await world.now();
    question?.pick();
    stop.abort();
    await done;
    expect(question?.signal.aborted).toBe(true);
    expect(world.signIn).not.toHaveBeenCalled();
    expect(world.onSignedIn).not.toHaveBeenCalled();
  });

  it('are given up, and nothing is said, when the browser ends the question or the service asks none', async () => {
    begin();
    (await world.now())?.fail();
    await done;
    expect(world.asked).toHaveLength(1);
    world.ask = () => Promise.reject(new Error('factor.unavailable'));
    begin();
    await done;
    expect(world.onProblem).not.toHaveBeenCalled();
  });

  it('are asked for anew before a challenge is over, for as long as the page stands open', async () => {
    begin();
    expect((await world.now())?.challenge).toBe('challenge 1');
    await vi.advanceTimersByTimeAsync(timeout - 61_000);
    expect(world.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(world.asked).toHaveLength(2);
    (await world.now())?.pick();
    await done;
    expect(world.onSignedIn).toHaveBeenCalledOnce();
  });

  it('can be picked again after one was refused', async () => {
    const refusal = new Error('factor.wrong');
    world.refusal = refusal;
    begin();
    (await world.now())?.pick();
    expect((await world.now())?.challenge).toBe('challenge 2');
    expect(world.onProblem).toHaveBeenCalledExactlyOnceWith(refusal);
    expect(isDone).toBe(false);
    world.refusal = null;
    (await world.now())?.pick();
    await done;
    expect(world.onSignedIn).toHaveBeenCalledOnce();
  });
});
