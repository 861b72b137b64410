import {
  type Control,
  LIMITS,
  type MeetingOrders,
  type ModeratedSource,
  type Moderation,
  ParticipantId,
  type ReportReason,
  type Whom,
} from '@conclave/protocol';
import { Listeners } from '../listeners.ts';
import type { ServerNotice, Signal } from '../signalling/Signal.ts';
import { SignalClosed } from '../signalling/Signal.ts';
import type { DoorKeys } from './doorKeys.ts';
import type { MeetingModeration, ModeratedPeople, ModerationNotice, TurningAway } from './moderating.ts';
import type { Roster } from './roster.ts';

export interface HostActionsPorts {
  readonly keys: Pick<DoorKeys, 'signAdmissions'>;
  /** By the credential where there is one. */
  nameOf(participantId: string): string;
}

/** Carries what hosts do to the server, and tells what was done. */
export class HostActions implements MeetingModeration, Disposable {
  readonly #ports: HostActionsPorts;
  readonly #notices = new Listeners<ModerationNotice>();
  #signal: Signal | null = null;

  constructor(ports: HostActionsPorts) {
    this.#ports = ports;
  }

  setSignal(signal: Signal | null): void {
    this.#signal = signal;
  }

  onNotice(listener: (notice: ModerationNotice) => void): () => void {
    return this.#notices.add(listener);
  }

  async admit(participantIds: readonly string[]): Promise<void> {
    for (let from = 0; from < participantIds.length; from += LIMITS.admittedAtOnce) {
      const some = participantIds.slice(from, from + LIMITS.admittedAtOnce);
      const admissions = await this.#ports.keys.signAdmissions(some);
      if (admissions.length === 0) continue;
      await this.#open.request({
        type: 'admit',
        admissions: admissions.map(({ participantId, admission }) => ({
          participantId: ParticipantId.parse(participantId),
          admission,
        })),
      });
    }
  }

  async turnAway(participantId: string, how: TurningAway = {}): Promise<void> {
    const { whom = 'one', ban = false } = how;
    const id = ParticipantId.parse(participantId);
    await this.#open.request({ type: 'turn-away', participantId: id, whom, ban });
  }

  stop(sources: readonly ModeratedSource[], whom: ModeratedPeople): Promise<void> {
    return this.#moderate({ action: 'stop', sources: [...sources], whom: toWhom(whom) });
  }

  hold(sources: readonly ModeratedSource[], whom: ModeratedPeople, held: boolean): Promise<void> {
    return this.#moderate({ action: 'hold', sources: [...sources], whom: toWhom(whom), held });
  }

  remove(participantId: string, ban: boolean): Promise<void> {
    return this.#moderate({ action: 'remove', participantId: ParticipantId.parse(participantId), ban });
  }

  letBack(participantId: string): Promise<void> {
    return this.#moderate({ action: 'let-back', participantId: ParticipantId.parse(participantId) });
  }

  lock(locked: boolean): Promise<void> {
    return this.#moderate({ action: 'lock', locked });
  }

  spotlight(participantIds: readonly string[]): Promise<void> {
    return this.#moderate({ action: 'spotlight', participantIds: toIds(participantIds) });
  }

  chat(chat: MeetingOrders['chat']): Promise<void> {
    return this.#moderate({ action: 'chat', chat });
  }

  secure(): Promise<void> {
    return this.#moderate({ action: 'secure' });
  }

  appoint(participantId: string, controls: readonly Control[]): Promise<void> {
    const whom = ParticipantId.parse(participantId);
    return this.#moderate({ action: 'appoint', participantId: whom, controls: [...controls] });
  }

  stage(participantId: string, onStage: boolean): Promise<void> {
    return this.#moderate({ action: 'stage', participantId: ParticipantId.parse(participantId), onStage });
  }

  goLive(): Promise<void> {
    return this.#moderate({ action: 'live' });
  }

  /** Not as a host: by whoever was asked on stage, or goes back. */
  async takeStage(onStage: boolean): Promise<void> {
    await this.#open.request({ type: 'take-stage', onStage });
  }

  end(): Promise<void> {
    return this.#moderate({ action: 'end' });
  }

  async report(participantId: string, reason: ReportReason): Promise<void> {
    await this.#open.request({ type: 'report', participantId: ParticipantId.parse(participantId), reason });
  }

  /** Tells the page what a notice says was done. @param before what was known before the notice */
  hear(notice: ServerNotice, before: Pick<Roster, 'orders' | 'self'>): void {
    const { nameOf } = this.#ports;
    switch (notice.type) {
      case 'moderated': {
        const { what, sources, by } = notice;
        this.#notices.emit({ type: 'moderated', what, sources, by: nameOf(by) });
        return;
      }
      case 'reported': {
        const { participantId, by, reason } = notice;
        const name = nameOf(participantId);
        this.#notices.emit({ type: 'reported', participantId, name, by: nameOf(by), reason });
        return;
      }
      case 'orders':
        this.#notices.emit({
          type: 'orders',
          before: before.orders,
          after: notice.orders,
          by: notice.by === null ? null : nameOf(notice.by),
          own: notice.by !== null && notice.by === before.self,
        });
        return;
      default:
        return;
    }
  }

  [Symbol.dispose](): void {
    this.#signal = null;
    this.#notices.clear();
  }

  get #open(): Signal {
    if (this.#signal === null) throw new SignalClosed(1006);
    return this.#signal;
  }

  async #moderate(moderation: Moderation): Promise<void> {
    await this.#open.request({ type: 'moderate', moderation });
  }
}

function toWhom(people: ModeratedPeople): Whom {
  return people.who === 'some'
    ? { who: 'some', participantIds: toIds(people.participantIds) }
    : { who: 'all', except: toIds(people.except) };
}

function toIds(ids: readonly string[]): ParticipantId[] {
  return ids.map((id) => ParticipantId.parse(id));
}
