import type { Control, MeetingOrders, ModeratedSource, ReportReason, TurnAwayWhom } from '@conclave/protocol';

/** Some people, or all but some. */
export type ModeratedPeople =
  | { readonly who: 'some'; readonly participantIds: readonly string[] }
  | { readonly who: 'all'; readonly except: readonly string[] };

/** At the door. */
export interface TurningAway {
  /** With everybody who waits at the same network and of whom nothing is known but what they say. Otherwise this one. */
  readonly whom?: TurnAwayWhom;
  /** This one for good. */
  readonly ban?: boolean;
}

/** What has just been done, and by whom. Names are those that the group proves. */
export type ModerationNotice =
  /** To oneself. */
  | {
      readonly type: 'moderated';
      readonly what: 'stopped' | 'held' | 'given' | 'appointed' | 'dismissed' | 'asked' | 'taken-back';
      readonly sources: readonly ModeratedSource[];
      readonly by: string;
    }
  /** To those who may remove people: somebody should be looked at. */
  | {
      readonly type: 'reported';
      readonly participantId: string;
      readonly name: string;
      readonly by: string;
      readonly reason: ReportReason;
    }
  /** What holds for all has changed. `by`: null when it is nobody's alone. */
  | {
      readonly type: 'orders';
      readonly before: MeetingOrders;
      readonly after: MeetingOrders;
      readonly by: string | null;
      /** It was oneself. */
      readonly own: boolean;
    };

/**
 * What hosts, and co-hosts with the control for it, do. All of it is refused to others (`meeting.not_allowed`). Promises reject
 * with a ConclaveError, or with SignalClosed while the connection is lost.
 */
export interface MeetingModeration {
  /** @returns the way to stop listening. */
  onNotice(listener: (notice: ModerationNotice) => void): () => void;
  /** Lets in who waits, signed by this device. Who does not verify is passed over. */
  admit(participantIds: readonly string[]): Promise<void>;
  turnAway(participantId: string, how?: TurningAway): Promise<void>;
  /** Turned off now; they may start it again. */
  stop(sources: readonly ModeratedSource[], whom: ModeratedPeople): Promise<void>;
  /** Turned off, and they may not start it; or, not held, may again. */
  hold(sources: readonly ModeratedSource[], whom: ModeratedPeople, held: boolean): Promise<void>;
  remove(participantId: string, ban: boolean): Promise<void>;
  /** @param participantId of the stay that was ended */
  letBack(participantId: string): Promise<void>;
  lock(locked: boolean): Promise<void>;
  /** Shown large to everybody, in this order; nobody: as each one likes. */
  spotlight(participantIds: readonly string[]): Promise<void>;
  /** Null: as the rules of the meeting have it. */
  chat(chat: MeetingOrders['chat']): Promise<void>;
  /** The emergency: everything is closed and stopped at once. */
  secure(): Promise<void>;
  appoint(participantId: string, controls: readonly Control[]): Promise<void>;
  /** Of a webinar: asks somebody of the audience on stage, or takes them back. */
  stage(participantId: string, onStage: boolean): Promise<void>;
  /** Of a webinar: it begins. */
  goLive(): Promise<void>;
  /** For everybody. */
  end(): Promise<void>;
  /** Everybody may. */
  report(participantId: string, reason: ReportReason): Promise<void>;
}
