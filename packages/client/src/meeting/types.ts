import type { GroupView, VerificationView } from '@conclave/e2ee';
import type {
  Control,
  Entry,
  ErrorCode,
  LeaveReason,
  MeetingInfo,
  MeetingOrders,
  ModeratedSource,
  ParticipantRole,
  QualityLevel,
  Removed,
  RulesForClients,
  SourceSet,
  StagePlace,
  TileSize,
  WaitsFor,
} from '@conclave/protocol';
import type { MeetingBreakouts } from '../breakout/types.ts';
import type { Conversation } from '../conversation/types.ts';
import type { DeviceProblem, Devices } from '../devices/types.ts';
import type { MeetingVerification } from '../encryption/Verification.ts';
import type { SharedFile } from '../files/types.ts';
import type { Observable } from '../observable.ts';
import type { Doubt } from './doubts.ts';
import type { Identity } from './Entrance.ts';
import type { LobbyKnock } from './LobbyWatch.ts';
import type { MeetingModeration } from './moderating.ts';
import type { ResumeTokens } from './resumeTokens.ts';

export type MeetingPhase =
  | { readonly name: 'idle' }
  | { readonly name: 'joining' }
  /** At the door, until somebody lets one in. Nothing is sent, and nothing is known of who is inside. */
  | {
      readonly name: 'waiting';
      /** Somebody is inside who can let one in. */
      readonly hostPresent: boolean;
      /** A host's word, or that the webinar begins. */
      readonly waitsFor: WaitsFor;
      /** The socket is lost: one knocks again as soon as the server can be reached, as the last of those who wait. */
      readonly interrupted: boolean;
    }
  | { readonly name: 'joined' }
  /** The socket or the transport is lost; everything comes back by itself. */
  | { readonly name: 'reconnecting' }
  | {
      readonly name: 'left';
      readonly reason: LeaveReason;
      /** The name of the host whose doing it is, where it is one's. */
      readonly by: string | null;
    }
  /** Could not join, could not come back, or cannot go on. */
  | { readonly name: 'failed'; readonly code: StayFailureCode };

/** The server's word, or what is found here. `encryption.broken`: the worker that holds the keys has failed. */
export type StayFailureCode = ErrorCode | 'network.unreachable' | 'browser.unsupported' | 'encryption.broken';

export interface ParticipantState {
  readonly id: string;
  readonly name: string;
  readonly role: ParticipantRole;
  /** How they came in; null when the server does not say that they are here. */
  readonly entry: Entry | null;
  /** Whose signed word let them in, by id; null where it was nobody's, or came before us. */
  readonly admittedBy: string | null;
  /** What an organiser calls them in an invitation, whatever they call themselves. */
  readonly invitedAs: string | null;
  /** What they may do as host or co-host. */
  readonly controls: readonly Control[];
  /** Where they stand in a webinar. */
  readonly stage: StagePlace;
  /** What they may send. */
  readonly allowed: SourceSet;
  readonly self: boolean;
  readonly connected: boolean;
  /** Of their connection: the worse of both directions, as the server measures it. */
  readonly quality: QualityLevel;
  readonly sources: SourceSet;
  readonly joinedAt: string;
  /** The breakout room that they are in meanwhile; null: here. */
  readonly breakoutRoom: string | null;
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
  /** What hosts have ordered for all. */
  readonly orders: MeetingOrders;
  /** What one may do oneself as host or co-host. */
  readonly controls: readonly Control[];
  /** Where one stands oneself; on stage in every meeting that is no webinar. */
  readonly stage: StagePlace;
  /** How many are in the audience, by the group's own tree: 0 in every meeting that is no webinar. */
  readonly audience: number;
  /** Names of those who said last that one may not start it. */
  readonly heldBy: Readonly<Record<ModeratedSource, string | null>>;
  /** Who waits to be let in, the first to come first; empty for whoever may not let them in. */
  readonly lobby: readonly LobbyKnock[];
  /** Who may not come in again; empty for whoever may not remove people. */
  readonly removals: readonly Removed[];
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
  /** The secret of an invitation of one's own; it goes to the server, which knows its hash. */
  readonly invitation: string | null;
  /** Opens the worker that holds all keys: the bundler and the page's policy decide how. */
  openWorker(): Worker;
  readonly devices: Devices;
  /** 16 on a large screen, 6 on a phone. */
  readonly videoSlots: number;
  /** How somebody is called whose name nobody has proved to us: a ghost is to be seen. */
  readonly nameless?: string;
  /** Where the right to come back is kept: with the tab, unless it is said otherwise. */
  readonly resumeTokens?: ResumeTokens;
}

/** One stay in one meeting. Made before joining, so that the passcode is stretched and the offer is ready when Join is pressed. */
export interface Meeting extends AsyncDisposable {
  readonly state: Observable<MeetingState>;
  /** Chat, reactions, raised hands. */
  readonly conversation: Conversation;
  readonly verification: MeetingVerification;
  /** What hosts do to keep order, and who comes in. */
  readonly moderation: MeetingModeration;
  /** Rooms beside the meeting; null in one of them. */
  readonly breakouts: MeetingBreakouts | null;
  /** Resolves when one is inside, waits no longer, or has been refused. */
  join(): Promise<void>;
  /** Stops every track, says goodbye, closes. */
  leave(): Promise<void>;
  /** Holds from the next joining on. */
  introduce(identity: Identity): void;
  setView(view: RoomView): void;
  /** Of a webinar: comes on stage when asked, declines, or goes back to the audience. Rejects as `moderation` does. */
  takeStage(onStage: boolean): Promise<void>;
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
