import type {
  MeetingId,
  OfferLine,
  ParticipantId,
  ParticipantQuality,
  Slot,
  SourceSet,
  VideoCodec,
  View,
  Wanted,
} from '@conclave/protocol';

import type { RoomSummary, WorkerSummary } from '@conclave/sfu';

/** A participant's side of the media plane, as it is when a transport is made. */
export interface ConnectRequest {
  readonly offer: string;
  readonly lines: readonly OfferLine[];
  readonly allowed: SourceSet;
  readonly sources: SourceSet;
  /** The codecs of pictures that the client sends well. */
  readonly sends: readonly VideoCodec[];
  /** Null until the client has said what it shows. */
  readonly view: View | null;
}

export type MediaEvent =
  | { readonly type: 'slots'; readonly room: MeetingId; readonly peer: ParticipantId; readonly slots: Slot[] }
  | {
      readonly type: 'wanted';
      readonly room: MeetingId;
      readonly peer: ParticipantId;
      readonly wanted: Wanted;
    }
  | { readonly type: 'speakers'; readonly room: MeetingId; readonly speakers: ParticipantId[] }
  /** Whose connection has become better or worse, or is not good when somebody is new. */
  | { readonly type: 'quality'; readonly room: MeetingId; readonly qualities: ParticipantQuality[] }
  | { readonly type: 'connected'; readonly room: MeetingId; readonly peer: ParticipantId }
  /** This participant's transport is gone: it has to offer anew. With `abuse`: we have closed it for what it sent. */
  | {
      readonly type: 'lost';
      readonly room: MeetingId;
      readonly peer: ParticipantId;
      readonly abuse?: 'flood' | 'sources';
    };

/** What the media plane measures, about once a second: for metrics, never for a participant. */
export interface MediaStatistics {
  /** Null where no process runs, or has not said anything yet. */
  readonly workers: readonly (WorkerStatistics | null)[];
  readonly meetings: readonly MeetingStatistics[];
}

export type WorkerStatistics = Omit<WorkerSummary, 'rooms'> & { readonly meetings: number };
export type MeetingStatistics = Omit<RoomSummary, 'room'> & {
  readonly meetingId: MeetingId;
  readonly worker: number;
};

/**
 * The media plane as the rest of the server sees it. Changes are told and not waited for: a worker that dies
 * meanwhile is told everything again when its participants connect anew.
 */
export interface MediaPort {
  /**
   * Whether there is room for one more in this meeting, be it a new one or not.
   * @throws ConclaveError `media.full`.
   */
  admit(room: MeetingId): void;
  /**
   * Makes a transport, in place of the former one if there is one. @returns the SDP answer.
   * @throws ConclaveError `media.offer_invalid`, `media.unavailable`, `media.full`, `request.rate`.
   */
  connect(room: MeetingId, peer: ParticipantId, request: ConnectRequest): Promise<string>;
  disconnect(room: MeetingId, peer: ParticipantId): void;
  setAllowed(room: MeetingId, peer: ParticipantId, allowed: SourceSet): void;
  setSources(room: MeetingId, peer: ParticipantId, sources: SourceSet): void;
  setView(room: MeetingId, peer: ParticipantId, view: View): void;
  closeRoom(room: MeetingId): void;
  /** Whether this participant has a transport that works. */
  isConnected(room: MeetingId, peer: ParticipantId): boolean;
  listen(listener: (event: MediaEvent) => void): void;
  statistics(): MediaStatistics;
}
