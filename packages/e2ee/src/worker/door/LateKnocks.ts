import type { MeetingGroup, SigningHost } from '../../mls/index.ts';
import type { InspectedKnock, Knock, Knocks, SignedAdmission } from './Knocks.ts';
import { checkCount } from './mostKnocks.ts';

/** What a host's device finds of those who wait, and signs: fetched when the first one knocks, for hosts alone. */
export class LateKnocks {
  #knocks: Knocks | null = null;

  async inspect(knock: Knock, group: MeetingGroup): Promise<InspectedKnock> {
    this.#knocks ??= new (await import('./Knocks.ts')).Knocks();
    return await this.#knocks.inspect(knock, group);
  }

  /** Of those who were inspected and found to be valid: of others there is none. @param issuedAt ms since 1970 */
  async sign(
    participantIds: readonly string[],
    by: { meetingId: string; host: SigningHost; issuedAt: number },
  ): Promise<readonly SignedAdmission[]> {
    checkCount(participantIds);
    return this.#knocks === null ? [] : await this.#knocks.sign(participantIds, by);
  }
}
