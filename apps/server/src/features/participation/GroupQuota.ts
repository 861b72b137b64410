import { ConclaveError } from '@conclave/protocol';
import { GROUP_QUOTAS, type Quotas } from '../../policy/group.ts';
import { MessageRate } from '../../security/MessageRate.ts';

const retryAfterMs = 1_000;

/** How much one participant has sent to the group. Times in ms, sizes in characters. */
export class GroupQuota {
  readonly #rates: Readonly<Record<keyof typeof GROUP_QUOTAS, MessageRate>>;

  constructor(now: number, quotas: Quotas = GROUP_QUOTAS) {
    const rate = ({ perSecond, burst }: { perSecond: number; burst: number }) =>
      new MessageRate(perSecond, burst, now);
    this.#rates = {
      messages: rate(quotas.messages),
      messageChars: rate(quotas.messageChars),
      commits: rate(quotas.commits),
      commitChars: rate(quotas.commitChars),
      welcomeChars: rate(quotas.welcomeChars),
    };
  }

  /** @param cost of how many messages it takes the place. @throws ConclaveError group.rate when it is too much. */
  takeMessage(characters: number, now: number, cost = 1): void {
    const { messages, messageChars } = this.#rates;
    this.#demand(messages.take(now, cost) && messageChars.take(now, characters));
  }

  /** @throws ConclaveError group.rate when it is too much. */
  takeCommit(characters: number, welcomeCharacters: number, now: number): void {
    const { commits, commitChars, welcomeChars } = this.#rates;
    this.#demand(
      commits.take(now) && commitChars.take(now, characters) && welcomeChars.take(now, welcomeCharacters),
    );
  }

  #demand(fits: boolean): void {
    if (!fits) throw new ConclaveError('group.rate', { retryAfterMs });
  }
}
