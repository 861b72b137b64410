import type { Bytes } from '../bytes.ts';
import type { Codec, Source } from '../envelope/frame.ts';
import type { MessageKind } from '../member-messages/memberMessage.ts';
import type { Applicant } from './Applicants.ts';
import type { DoorRules, Entry } from './door/Door.ts';
import type { Newcomer } from './door/Doorkeeper.ts';
import type { InspectedKnock, Knock, SignedAdmission } from './door/Knocks.ts';
import type { FileCalls, FileNews } from './fileCalls.ts';
import type { GroupTrouble } from './GroupWatch.ts';
import type { TalkAsk, TalkEvent } from './talk/talkMessages.ts';
import type { VerificationCalls, VerificationView } from './verification/view.ts';

/** A commit that the delivery service has accepted, for the epoch that it ends. */
export interface AcceptedCommit {
  readonly epoch: number;
  readonly commit: Bytes;
  /** Of those whom it adds. */
  readonly added: readonly Newcomer[];
}

/** Where the delivery service says that we stand with the group. */
export type Seat =
  | { readonly role: 'founder' | 'waiting' | 'behind'; readonly groupId: string }
  | { readonly role: 'member'; readonly groupId: string; readonly missed: readonly AcceptedCommit[] };

/** What there still is of the group for somebody who comes back. */
export type Claim =
  | { readonly kind: 'kept'; readonly groupId: string; readonly epoch: number }
  | ({ readonly kind: 'new' } & Arrival);

/** With what somebody comes in. */
export interface Arrival {
  readonly keyPackage: Bytes;
  /** Who the leaf is, for those who may know it; null where it says so itself. */
  readonly introduction: Bytes | null;
}

/** Who we say we are, for one stay. */
export interface OwnIdentity {
  readonly participantId: string;
  readonly name: string;
  /** Null for guests. */
  readonly accountId: string | null;
  /** Of a webinar's audience: our leaf names nobody, and an introduction says who we are to those who may know it. */
  readonly unnamed: boolean;
}

/** Who an unnamed leaf is, as the server hands it on. */
export interface Introduced {
  readonly participantId: string;
  /** As the server calls them. */
  readonly name: string;
  readonly introduction: Bytes;
}

/** Where a stay beside the one in the meeting is. */
export interface BreakoutRoom {
  readonly roomId: string;
  /** On which the worker of the stay in the meeting tells who is in it (`MeetingWord`). */
  readonly meeting: MessagePort;
}

/** What the page asks; each is answered by one `reply`. */
export interface Calls extends FileCalls, VerificationCalls {
  /** Stretches the passcode. The half that is for the server comes back, the other one stays here. */
  readonly open: {
    readonly ask: {
      readonly meetingId: string;
      readonly passcode: string;
      /** The breakout room of the meeting that the stay is in; null in the meeting itself. */
      readonly breakout: BreakoutRoom | null;
    };
    readonly reply: Bytes;
  };
  /** A new KeyPackage; what was there of a group before is given up. */
  readonly introduce: { readonly ask: OwnIdentity; readonly reply: Arrival };
  readonly claim: { readonly ask: OwnIdentity; readonly reply: Claim };
  /** Of people whose leaf does not say who they are: before the commits that bring them in. Answered when it has been held against the tree. */
  readonly learn: { readonly ask: readonly Introduced[]; readonly reply: null };
  /** What those prove who wait at the door. Fails with `closed` while we are in no group. */
  readonly inspectKnocks: { readonly ask: readonly Knock[]; readonly reply: readonly InspectedKnock[] };
  /** Our word for those who were inspected and are valid; of others there is none. Fails as `inspectKnocks`. */
  readonly signAdmissions: { readonly ask: readonly string[]; readonly reply: readonly SignedAdmission[] };
}
export type CallName = keyof Calls;

/** What the page is told by the server, and hands on. */
export type News =
  | { readonly type: 'seat'; readonly seat: Seat }
  | {
      readonly type: 'pending';
      readonly groupId: string;
      readonly waiting: readonly Applicant[];
      readonly gone: readonly string[];
    }
  | { readonly type: 'commit'; readonly groupId: string; readonly accepted: AcceptedCommit }
  | { readonly type: 'welcome'; readonly groupId: string; readonly epoch: number; readonly welcome: Bytes }
  | { readonly type: 'settled'; readonly groupId: string; readonly epoch: number }
  | { readonly type: 'message'; readonly groupId: string; readonly from: string; readonly message: Bytes }
  /** The server's word on whose socket is open: they are waited for when somebody has to commit. */
  | { readonly type: 'connected'; readonly participantIds: readonly string[] }
  /** The server's word on who comes straight in, and on who may let in others. */
  | { readonly type: 'door'; readonly rules: DoorRules };

/** What the worker wants of the server. */
export type ServerRequest =
  | {
      readonly type: 'commit';
      readonly groupId: string;
      readonly epoch: number;
      readonly commit: Bytes;
      readonly welcome: Bytes | null;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | { readonly type: 'ack'; readonly groupId: string; readonly epoch: number }
  | ({ readonly type: 'rejoin' } & Arrival)
  | {
      readonly type: 'message';
      readonly groupId: string;
      /** What an audience says is for the stage, and its reactions are for all: the page tells the server which it is. */
      readonly kind: MessageKind;
      readonly message: Bytes;
    }
  | { readonly type: 'refuse'; readonly groupId: string; readonly participantId: string };

/** `seat` answers a rejoin. `code` is the server's, or `network.unreachable`. */
export type ServerAnswer =
  | { readonly ok: true; readonly seat: Seat | null }
  | { readonly ok: false; readonly code: string };

/** Which line a transform belongs to. Lines are numbered by the page and never used twice. */
export type LineOptions =
  | { readonly role: 'send'; readonly connection: number; readonly line: number; readonly source: Source }
  | {
      readonly role: 'receive';
      readonly connection: number;
      readonly line: number;
      readonly source: Source;
      /** The one person whose media may come here; null where the server may put anybody. */
      readonly only: string | null;
    };

export type ToWorker =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly name: CallName;
      readonly ask: Calls[CallName]['ask'];
    }
  | { readonly type: 'news'; readonly news: News }
  /** To the worker of a stay in a meeting: on this port it tells one in a breakout room who is in it. */
  | { readonly type: 'lend'; readonly port: MessagePort }
  | { readonly type: 'answer'; readonly id: number; readonly answer: ServerAnswer }
  | {
      readonly type: 'payload-types';
      readonly connection: number;
      readonly codecs: readonly (readonly [number, Codec])[];
    }
  | { readonly type: 'connection-closed'; readonly connection: number }
  | { readonly type: 'talk'; readonly ask: TalkAsk };

/** A member, as the tree says. Everything that the room shows of who is here comes from here. */
export interface GroupPerson {
  readonly participantId: string;
  /** Empty for somebody whose leaf does not say it, and of whom nobody has told us anything that is true. */
  readonly name: string;
  readonly accountId: string | null;
  readonly self: boolean;
  /** How they came in, as far as we have seen it: null of oneself, and of those who were here before us. */
  readonly entry: Entry | null;
  /** Whose signed word let them in; null where it was nobody's, or is not known. */
  readonly admittedBy: string | null;
}

/** FORMING → SECURED ⇄ FORMING (the group was lost, and is joined anew). Nothing is sent or shown while it forms. */
export interface GroupView {
  readonly phase: 'forming' | 'secured';
  readonly epoch: number | null;
  readonly people: readonly GroupPerson[];
  /** Who asked to be let in and could not prove to know the passcode, or that they may come in: nobody of ours. */
  readonly refused: readonly { readonly participantId: string; readonly at: number }[];
  /** What does not go on as it should, by the server's fault or will; null while it does. */
  readonly trouble: GroupTrouble | null;
}

/**
 * `unsigned`: nobody's signature covers what comes. `forged`: it is not what its sender has signed, and is not shown.
 * `undecryptable`: nothing of it can be opened.
 */
export type Doubt = 'unsigned' | 'forged' | 'undecryptable';

export type FromWorker =
  | { readonly type: 'reply'; readonly id: number; readonly reply: Calls[CallName]['reply'] }
  | { readonly type: 'failed'; readonly id: number; readonly code: string }
  | { readonly type: 'request'; readonly id: number; readonly request: ServerRequest }
  | { readonly type: 'view'; readonly view: GroupView }
  | { readonly type: 'verification'; readonly view: VerificationView }
  /** From now on this person's frames come on the line; null: nobody's. */
  | { readonly type: 'sender'; readonly line: number; readonly participantId: string }
  /** What members have said, in order. */
  | { readonly type: 'talk'; readonly events: readonly TalkEvent[] }
  /** What is wrong with what comes on a line; null: nothing. */
  | { readonly type: 'doubt'; readonly line: number; readonly doubt: Doubt | null }
  | { readonly type: 'file'; readonly news: FileNews };
