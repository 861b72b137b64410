import type { MeetingId, Retention } from '@conclave/protocol';
import { ConclaveError } from '@conclave/protocol';
import {
  countKept,
  deleteOldDevices,
  deleteOldMails,
  deleteOldMissedCalls,
  deleteUnusedMeeting,
  longSuspended,
  unusedMeetings,
} from '../../storage/repositories/retention.ts';
import { eraseAccount } from './eraseData.ts';
import type { DataPorts } from './ports.ts';

const dayMs = 24 * 60 * 60 * 1000;
const everyMs = 60 * 60 * 1000;
/** So much at a time: no lock is held for long, and others get their turn. */
const batch = 200;
/** The meeting of a call goes when so long nobody has come into it and nobody is inside. */
const callMeetingMs = 60 * 60 * 1000;

/** Takes away what is older than the policy keeps it: at the start, every hour, and when a period changes. */
export class RetentionJob implements AsyncDisposable {
  readonly #ports: DataPorts;
  readonly #onFault: (fault: unknown) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #following: Disposable;
  #running: Promise<void> = Promise.resolve();
  #lastRunAt: number | null = null;
  #stopped = false;

  constructor(ports: DataPorts, onFault: (fault: unknown) => void) {
    this.#ports = ports;
    this.#onFault = onFault;
    this.#timer = setInterval(() => void this.run(), everyMs);
    this.#timer.unref();
    this.#following = ports.accounts.policy.onChange(({ changed }) => {
      if (changed.some((id) => id.startsWith('keep'))) void this.run();
    });
    void this.run();
  }

  /** One run after the other. Resolves when this one is over, whether or not it came to its end. */
  run(): Promise<void> {
    this.#running = this.#running.then(() => (this.#stopped ? undefined : this.#run().catch(this.#onFault)));
    return this.#running;
  }

  async overview(): Promise<Retention> {
    const { db, policy } = this.#ports.accounts;
    const { keepUnusedMeetingsDays, keepSuspendedAccountsDays, keepMailsDays, ...rest } = policy.current();
    const periods = [
      ['meetings', keepUnusedMeetingsDays],
      ['suspended-accounts', keepSuspendedAccountsDays],
      ['mails', keepMailsDays],
      ['devices', rest.keepDevicesDays],
      ['missed-calls', rest.keepMissedCallsDays],
      ['sessions', rest.sessionAbsoluteDays],
    ] as const;
    const kept = [];
    for (const [kind, days] of periods)
      kept.push({ kind, days, ...(await countKept(db, kind, this.#before(days))) });
    const lastRunAt = this.#lastRunAt === null ? null : new Date(this.#lastRunAt).toISOString();
    return { kept, lastRunAt };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#following[Symbol.dispose]();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { db, policy, emit, clock } = this.#ports.accounts;
    const periods = policy.current();
    const meetings = await this.#deleteMeetings(this.#before(periods.keepUnusedMeetingsDays));
    const calls = await this.#deleteMeetings(new Date(clock() - callMeetingMs), true);
    const accounts = await this.#eraseAccounts(this.#before(periods.keepSuspendedAccountsDays));
    const mails = await this.#inBatches(periods.keepMailsDays, (before) => deleteOldMails(db, before, batch));
    const devices = await this.#inBatches(periods.keepDevicesDays, (before) =>
      deleteOldDevices(db, before, batch),
    );
    const missedCalls = await this.#inBatches(periods.keepMissedCallsDays, (before) =>
      deleteOldMissedCalls(db, before, batch),
    );
    this.#lastRunAt = clock();
    emit({ event: 'retention.ran', meetings, accounts, mails, devices, missedCalls, calls });
  }

  #before(days: number | null): Date | null {
    return days === null ? null : new Date(this.#ports.accounts.clock() - days * dayMs);
  }

  async #deleteMeetings(before: Date | null, calls = false): Promise<number> {
    if (before === null) return 0;
    const { db, emit, meetingNews, participantsIn } = this.#ports.meetings;
    let deleted = 0;
    let after: MeetingId | null = null;
    for (;;) {
      const found: Awaited<ReturnType<typeof unusedMeetings>> = await unusedMeetings(
        db,
        before,
        batch,
        after,
        calls,
      );
      for (const { id, owner_id } of found) {
        // Somebody who has been inside for longer than the period is using it.
        if (participantsIn(id) > 0 || !(await deleteUnusedMeeting(db, id, before))) continue;
        deleted++;
        emit({ event: 'meeting.deleted', accountId: owner_id, meetingId: id });
        meetingNews.tell({ meetingId: id, news: 'deleted' });
      }
      after = found.at(-1)?.id ?? null;
      if (found.length < batch || this.#stopped) return deleted;
    }
  }

  async #eraseAccounts(before: Date | null): Promise<number> {
    if (before === null) return 0;
    let erased = 0;
    for (;;) {
      const found = await longSuspended(this.#ports.accounts.db, before, batch);
      const former = erased;
      for (const account of found) if (await this.#erase(account)) erased++;
      if (found.length < batch || erased === former || this.#stopped) return erased;
    }
  }

  /** The last owner stays, suspended or not. */
  async #erase(account: Parameters<typeof eraseAccount>[1]): Promise<boolean> {
    try {
      await eraseAccount(this.#ports, account, null);
      return true;
    } catch (error) {
      if (error instanceof ConclaveError && error.code === 'account.last_owner') return false;
      throw error;
    }
  }

  async #inBatches(days: number | null, take: (before: Date) => Promise<number>): Promise<number> {
    const before = this.#before(days);
    if (before === null) return 0;
    let taken = 0;
    for (;;) {
      const some = await take(before);
      taken += some;
      if (some < batch || this.#stopped) return taken;
    }
  }
}
