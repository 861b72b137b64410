import type { GroupView, VerificationView } from '@conclave/e2ee';
import type {
  ErrorCode,
  LeaveReason,
  MeetingInfo,
  ParticipantRole,
  QualityLevel,
  RulesForClients,
  SourceSet,
  TileSize,
} from '@conclave/protocol';
import type { Conversation } from '../conversation/types.ts';
import type { DeviceProblem, Devices } from '../devices/types.ts';
import type { MeetingVerification } from '../encryption/Verification.ts';
import type { SharedFile } from '../files/types.ts';
import type { Observable } from '../observable.ts';
import type { Doubt } from './doubts.ts';
import type { Identity } from './Entrance.ts';

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
    };

export interface ParticipantState {
  readonly id: string;
  readonly name: string;
  readonly role: ParticipantRole;
  readonly self: boolean;
  readonly connected: boolean;
  /** Of their connection: the worse of both directions, as the server measures it. */
  readonly quality: QualityLevel;
  readonly sources: SourceSet;
  readonly joinedAt: string;
  /** Live pictures to show now; null while there is none. For oneself: the local tracks. */
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
}

/** The way that media takes: to the server over UDP or TCP, to the server through a relay (TURN), or straight to the other person. */
export type MediaPath = 'server-udp' | 'server-tcp' | 'relay' | 'direct';

export type ConnectionQuality = 'unknown' | 'good' | 'fair' | 'poor' | 'lost';

export interface ConnectionState {
  readonly quality: ConnectionQuality;
  /** Null while nothing is connected. */
  readonly path: MediaPath | null;
  /** Milliseconds; null while unknown. */
  readonly roundTripMs: number | null;
  /** Worst of both directions over the last seconds, 0 to 1. */
  readonly loss: number | null;
  /** bit/s now. */
  readonly sendBitrate: number | null;
  readonly receiveBitrate: number | null;
}

/** One's word on a direct path, which shows one's address to the other person. */
export interface DirectTerms {
  /** What they said; null until they have said something. Without a word members agree and guests do not. */
  readonly agreed: boolean | null;
  /** Their agreement is what is missing now. */
  readonly asks: boolean;
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
  /** What the rules of the meeting leave to clients to hold to. */
  readonly rules: RulesForClients;
  /** A device was on and has been turned off on the way in, because the rules say so. */
  readonly turnedOff: boolean;
  /** Remote sound; each is to be played by an <audio> element. They change only with the transport. */
  readonly audioTracks: readonly MediaStreamTrack[];
  readonly screenProblem: DeviceProblem | null;
  readonly connection: ConnectionState;
  /** Null where the service has no direct paths. */
  readonly direct: DirectTerms | null;
  /** The encrypted group, as it says itself. */
  readonly encryption: GroupView;
  /** What is known of who they are. */
  readonly verification: VerificationView;
  /** Whose media comes and cannot be verified. */
  readonly doubts: readonly Doubt[];
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
  readonly identity: Identity;
  /** Opens the worker that holds all keys: the bundler and the page's policy decide how. */
  openWorker(): Worker;
  readonly devices: Devices;
  /** 16 on a large screen, 6 on a phone. */
  readonly videoSlots: number;
}

/** One stay in one meeting. Made before joining, so that the passcode is stretched and the offer is ready when Join is pressed. */
export interface Meeting extends AsyncDisposable {
  readonly state: Observable<MeetingState>;
  /** Chat, reactions, raised hands. */
  readonly conversation: Conversation;
  readonly verification: MeetingVerification;
  join(): Promise<void>;
  /** Stops every track, says goodbye, closes. */
  leave(): Promise<void>;
  /** Holds from the next joining on. */
  introduce(identity: Identity): void;
  setView(view: RoomView): void;
  /** Opens the browser's own picker. Nothing is sent before the choice is made there. */
  shareScreen(): Promise<void>;
  stopSharing(): void;
  /** Whether the other person may see one's address when there are two. Holds for the stay and can be taken back. */
  agreeToDirectPath(agreed: boolean): void;
  /** What is sent and offered here, oldest first. Nothing of others is fetched before somebody asks for it. */
  readonly files: Observable<readonly SharedFile[]>;
  sendFile(file: File): void;
  cancelFile(id: string): void;
  /** @returns the content, of no type, to be saved and never to be shown; null when there is none: the state says why. */
  downloadFile(id: string): Promise<Blob | null>;
  /** Takes back what we have sent. */
  withdrawFile(id: string): void;
}
