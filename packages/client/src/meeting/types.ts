import type {
  ErrorCode,
  LeaveReason,
  MeetingInfo,
  ParticipantRole,
  SourceSet,
  TileSize,
} from '@conclave/protocol';
import type { DeviceProblem, Devices } from '../devices/types.ts';
import type { Observable } from '../observable.ts';

export type MeetingPhase =
  | { readonly name: 'idle' }
  | { readonly name: 'joining' }
  | { readonly name: 'joined' }
  /** The socket or the transport is lost; everything comes back by itself. */
  | { readonly name: 'reconnecting' }
  | { readonly name: 'left'; readonly reason: LeaveReason }
  /** Could not join, or could not come back. */
  | {
      readonly name: 'failed';
      readonly code: ErrorCode | 'network.unreachable' | 'browser.unsupported';
      readonly text: string;
    };

export interface ParticipantState {
  readonly id: string;
  readonly name: string;
  readonly role: ParticipantRole;
  readonly self: boolean;
  readonly connected: boolean;
  readonly sources: SourceSet;
  readonly joinedAt: string;
  /** Live pictures to show now; null while there is none. For oneself: the local tracks. */
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
}

export type ConnectionQuality = 'unknown' | 'good' | 'fair' | 'poor' | 'lost';

export interface ConnectionState {
  readonly quality: ConnectionQuality;
  /** Milliseconds; null while unknown. */
  readonly roundTripMs: number | null;
  /** Worst of both directions over the last seconds, 0 to 1. */
  readonly loss: number | null;
  /** bit/s now. */
  readonly sendBitrate: number | null;
  readonly receiveBitrate: number | null;
}

export interface MeetingState {
  readonly phase: MeetingPhase;
  readonly meeting: MeetingInfo | null;
  readonly selfId: string | null;
  /** Oneself first, then in the order of joining. */
  readonly participants: readonly ParticipantState[];
  /** Ids of who speaks now, the loudest first. */
  readonly speakers: readonly string[];
  /** What this participant may send. */
  readonly allowed: SourceSet;
  /** Remote sound; each is to be played by an <audio> element. They change only with the transport. */
  readonly audioTracks: readonly MediaStreamTrack[];
  readonly screenProblem: DeviceProblem | null;
  readonly connection: ConnectionState;
}

/** What the room shows. Sizes are device pixels; the server sends the layer that fits. */
export interface RoomView {
  /** Camera tiles of others that there is room for. */
  readonly tiles: number;
  readonly tile: TileSize;
  readonly pinned: readonly string[];
  /** Tiles of another size; 0 × 0 hides one. */
  readonly sizes: ReadonlyMap<string, TileSize>;
  readonly screen: TileSize;
}

export interface MeetingOptions {
  readonly meetingId: string;
  /** As typed or as the link carried it; it never leaves the browser. */
  readonly passcode: string;
  readonly name: string;
  readonly devices: Devices;
  /** 16 on a large screen, 6 on a phone. */
  readonly videoSlots: number;
}

/** One stay in one meeting. Made before joining, so that the passcode is stretched and the offer is ready when Join is pressed. */
export interface Meeting extends AsyncDisposable {
  readonly state: Observable<MeetingState>;
  join(): Promise<void>;
  /** Stops every track, says goodbye, closes. */
  leave(): Promise<void>;
  setName(name: string): void;
  setView(view: RoomView): void;
  /** Opens the browser's own picker. Nothing is sent before the choice is made there. */
  shareScreen(): Promise<void>;
  stopSharing(): void;
}
