import type { PersonCode, PersonRef, VerificationView } from '@conclave/e2ee';
import { type Observable, State } from '../observable.ts';
import type { WorkerLink } from './WorkerLink.ts';

/** Who is who, as the worker finds and remembers it. All promises reject when that device is here no more. */
export interface MeetingVerification {
  readonly state: Observable<VerificationView>;
  /** The room code is asked for as long as somebody looks at it. */
  watchRoomCode(watching: boolean): void;
  /** "It is the same for all of us." @returns false when it is another code by now */
  confirmRoomCode(epoch: number): Promise<boolean>;
  personCode(person: PersonRef): Promise<PersonCode>;
  /** A match marks them as verified. */
  compareQr(person: PersonRef, scanned: string): Promise<'match' | 'mismatch' | 'unknown'>;
  judge(person: PersonRef, verdict: 'verify' | 'unverify' | 'accept'): Promise<void>;
}

const nothing: VerificationView = { people: [], roomCode: { name: 'none' }, comparison: { name: 'never' } };

export class WorkerVerification implements MeetingVerification {
  readonly state = new State<VerificationView>(nothing);
  readonly #link: WorkerLink;

  constructor(link: WorkerLink) {
    this.#link = link;
  }

  watchRoomCode(watching: boolean): void {
    // The worker is gone when the stay is over; then there is nothing to watch.
    this.#link.call('watchRoomCode', { watching }).catch(() => {});
  }

  confirmRoomCode(epoch: number): Promise<boolean> {
    return this.#link.call('confirmRoomCode', { epoch });
  }

  personCode({ participantId, deviceKey }: PersonRef): Promise<PersonCode> {
    return this.#link.call('personCode', { participantId, deviceKey });
  }

  compareQr(
    { participantId, deviceKey }: PersonRef,
    scanned: string,
  ): Promise<'match' | 'mismatch' | 'unknown'> {
    return this.#link.call('compareQr', { participantId, deviceKey, scanned });
  }

  async judge(
    { participantId, deviceKey }: PersonRef,
    verdict: 'verify' | 'unverify' | 'accept',
  ): Promise<void> {
    await this.#link.call('judge', { participantId, deviceKey, verdict });
  }

  forget(): void {
    this.state.set(nothing);
  }
}
