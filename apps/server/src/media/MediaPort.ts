import type { MeetingId, OfferLine, ParticipantId, Slot, SourceSet, View, Wanted } from '@conclave/protocol';

/** A participant's side of the media plane, as it is when a transport is made. */
export interface ConnectRequest {
  readonly offer: string;
  readonly lines: readonly OfferLine[];
  readonly allowed: SourceSet;
  readonly sources: SourceSet;
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
  | { readonly type: 'connected'; readonly room: MeetingId; readonly peer: ParticipantId }
  /** This participant's transport is gone: it has to offer anew. */
  | { readonly type: 'lost'; readonly room: MeetingId; readonly peer: ParticipantId };

/**
 * The media plane as the rest of the server sees it. Changes are told and not waited for: a worker that dies
 * meanwhile is told everything again when its participants connect anew.
 */
export interface MediaPort {
  /**
   * Makes a transport, in place of the former one if there is one. @returns the SDP answer.
   * @throws ConclaveError `media.offer_invalid`, `media.unavailable`.
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
}
