import {
  ConclaveError,
  type CreateTestCall,
  LIMITS,
  type MeetingId,
  type MeetingRules,
  rulesOf,
} from '@conclave/protocol';
import type { Clock } from '../../clock.ts';
import type { Emit } from '../../observability/events.ts';
import { MOST_TEST_CALLS, TEST_CALLS } from '../../policy/attempts.ts';
import { AttemptLimiter } from '../../security/attempts.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { JoinableMeeting } from '../meetings/ports.ts';
import type { PolicyPort } from '../policy/ports.ts';

/** Two ends of one browser that see and hear each other; nothing else is of use in a test. */
const RULES: MeetingRules = {
  form: 'meeting',
  screenSharing: 'off',
  fileSharing: 'off',
  chat: 'off',
  privateChat: 'off',
  directPath: 'off',
  straightIn: 'everybody',
  guests: 'allowed',
  microphoneAtStart: 'chosen',
  cameraAtStart: 'chosen',
  participants: 2,
};

export interface TestCallsPorts {
  readonly clock: Clock;
  readonly emit: Emit;
  readonly policy: PolicyPort;
  /** Whether a meeting that is kept, or whatever goes on, has this id. */
  isTaken(id: MeetingId): Promise<boolean>;
}

interface TestCall {
  readonly meeting: JoinableMeeting;
  readonly endsAt: number;
}

/**
 * Meetings of one browser with itself, for a minute: it joins twice, and hears at one end what the other one sends, by the
 * way that a meeting takes and encrypted as there. They are nobody's, are kept nowhere, and what the organisation decides
 * of meetings does not concern them.
 */
export class TestCalls {
  readonly #ports: TestCallsPorts;
  readonly #running = new Map<MeetingId, TestCall>();
  readonly #begun = new AttemptLimiter(TEST_CALLS);

  constructor(ports: TestCallsPorts) {
    this.#ports = ports;
  }

  /**
   * @param caller null: not signed in. Then those of the network are counted.
   * @throws ConclaveError auth.required where no meeting takes guests; auth.too_many_attempts; media.full while there are as
   * many as the service has room for; request.invalid on a taken id, which chance alone never makes.
   */
  async begin(caller: Caller | null, address: string, { id, verifier }: CreateTestCall): Promise<void> {
    if (caller === null && !this.#takesGuests()) throw new ConclaveError('auth.required');
    const account = caller?.accountId ?? null;
    await this.#begun.begin({ account, address: account === null ? address : null });
    const isTaken = await this.#ports.isTaken(id);
    // From here on in one go: nobody takes id or room in between.
    if (isTaken || this.#running.has(id)) throw new ConclaveError('request.invalid', { field: 'id' });
    if (this.#running.size >= MOST_TEST_CALLS)
      throw new ConclaveError('media.full', { retryAfterMs: LIMITS.testCallMs });
    const meeting: JoinableMeeting = {
      id,
      title: null,
      ownerId: null,
      verifier: Buffer.from(verifier, 'base64url'),
      choices: {},
      fixedRules: RULES,
      cohosts: new Map(),
      removals: [],
    };
    this.#running.set(id, { meeting, endsAt: this.#ports.clock() + LIMITS.testCallMs });
    this.#ports.emit({ event: 'test_call.begun', meetingId: id });
  }

  find(id: MeetingId): JoinableMeeting | null {
    return this.#running.get(id)?.meeting ?? null;
  }

  /** Forgets those whose time is over. @returns their ids: whoever is in them is to be put out. */
  expire(): MeetingId[] {
    const now = this.#ports.clock();
    const over = [...this.#running].filter(([, { endsAt }]) => endsAt <= now).map(([id]) => id);
    for (const id of over) this.#running.delete(id);
    return over;
  }

  /** Whether any meeting here may. */
  #takesGuests(): boolean {
    return rulesOf(this.#ports.policy.current(), { guests: 'allowed' }).guests === 'allowed';
  }
}
