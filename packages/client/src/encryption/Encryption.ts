import {
  type Arrival as BinaryArrival,
  type BreakoutRoom,
  type Claim,
  type DoorRules,
  type FileCallName,
  type FileCalls,
  type FileNews,
  fromBase64Url,
  type GroupView,
  type InspectedKnock,
  type Doubt as LineDoubt,
  type LineOptions,
  type OwnIdentity,
  type Source,
  type TalkAsk,
  type TalkEvent,
  toBase64Url,
} from '@conclave/e2ee';
import {
  ConclaveError,
  type GroupClaim,
  GroupId,
  type GroupSeat,
  type Knock,
  type MediaSource,
  type Participant,
} from '@conclave/protocol';
import { Listeners } from '../listeners.ts';
import type { Doubt } from '../meeting/doubts.ts';
import { State } from '../observable.ts';
import type { ServerNotice, Signal } from '../signalling/Signal.ts';
import { groupNews } from './groupNews.ts';
import { nameAuthors, nameGiver, namePeople } from './nameless.ts';
import { payloadTypesOf } from './payloadTypes.ts';
import { serve, toSeat } from './serverRequests.ts';
import { WorkerVerification } from './Verification.ts';
import { type EncryptionFailed, WorkerLink } from './WorkerLink.ts';

const sources: Readonly<Record<MediaSource, Source>> = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screen',
  'screen-audio': 'screenAudio',
};

const nobody: GroupView = { phase: 'forming', epoch: null, people: [], refused: [], trouble: null };

/** Of somebody who waits: the server's word, and what proves whose it is. */
export type KnockToInspect = Pick<Knock, 'participantId' | 'name' | 'keyPackage' | 'introduction'>;

/** base64url, as the server carries it. */
export interface SignedAdmission {
  readonly participantId: string;
  readonly admission: string;
}

/** With what somebody joins, base64url. */
export interface Arrival {
  readonly keyPackage: string;
  /** Who they are, where the KeyPackage does not say it. */
  readonly introduction: string | null;
}

/** The lines of one connection, each of which the worker encrypts or decrypts from the first frame on. */
export interface ConnectionCipher extends Disposable {
  protectSender(sender: RTCRtpSender, source: MediaSource): void;
  /** @returns the line's number. @param only whose media alone may come here */
  protectReceiver(receiver: RTCRtpReceiver, source: MediaSource, only?: string): number;
  /** To be told each description, before media flows by it. */
  learn(sdp: string): void;
}

/**
 * The page's side of the encryption of one stay. Every key is in the worker; what comes out of it here is who is in the
 * group, whose media a line carries, and what the server is to be sent.
 */
export class Encryption implements Disposable {
  /** Who is in the group, by the group's own tree. */
  readonly group = new State<GroupView>(nobody);
  /** Another person's media comes on some line, a line's media can be verified (no longer), or somebody's introduction was judged. */
  readonly linesChanged = new Listeners<void>();
  /** What members have said. */
  readonly talk = new Listeners<readonly TalkEvent[]>();
  /** Who is who. */
  readonly verification: WorkerVerification;
  /** What members offer and take back. */
  readonly fileNews = new Listeners<FileNews>();
  readonly #link: WorkerLink;
  readonly #proof: Promise<string>;
  readonly #senders = new Map<number, string>();
  readonly #doubts = new Map<number, LineDoubt>();
  /** Lines that carry one person's media alone. */
  readonly #owned = new Map<number, Doubt>();
  /** Of people whose leaf does not say who they are, what the worker was told last. */
  readonly #introduced = new Map<string, string>();
  readonly #unjudged = new Set<string>();
  #audience = false;
  #signal: Signal | null = null;
  readonly #isBreakout: boolean;
  /** The id of the stay that has a key of its own. */
  #guest: string | null = null;
  #nextConnection = 1;
  #nextLine = 1;

  /**
   * @param breakout the breakout room of the meeting that the stay is in
   * @param nameless how somebody is called whose name nobody has told us
   */
  constructor(
    worker: Worker,
    meetingId: string,
    passcode: string | null,
    breakout: BreakoutRoom | null = null,
    nameless = '?',
  ) {
    this.#isBreakout = breakout !== null;
    this.#link = new WorkerLink(worker, (request) => serve(this.#signal, request, this.#audience));
    this.verification = new WorkerVerification(this.#link);
    this.#link.told.add((told) => {
      if (told.type === 'view') this.group.set(namePeople(told.view, nameless));
      else if (told.type === 'talk') this.talk.emit(nameAuthors(told.events, nameless));
      else if (told.type === 'verification') this.verification.state.set(told.view);
      else if (told.type === 'file') this.fileNews.emit(nameGiver(told.news, nameless));
      else {
        if (told.type === 'sender') this.#senders.set(told.line, told.participantId);
        else if (told.doubt === null) this.#doubts.delete(told.line);
        else this.#doubts.set(told.line, told.doubt);
        this.linesChanged.emit();
      }
    });
    this.#proof =
      passcode === null
        ? Promise.reject(new ConclaveError('meeting.wrong_passcode'))
        : this.#link
            .call('open', { meetingId, passcode, breakout }, breakout === null ? [] : [breakout.meeting])
            .then(toBase64Url);
    this.#proof.catch(() => {}); // Told to whoever enters.
  }

  /** The worker is of no use any more: nothing is sent or opened from then on. */
  get broken(): Listeners<EncryptionFailed> {
    return this.#link.broken;
  }

  /** The half of the stretched passcode that is for the server. */
  get proof(): Promise<string> {
    return this.#proof;
  }

  /** Of a webinar. */
  setAudience(audience: boolean): void {
    this.#audience = audience;
  }

  setSignal(signal: Signal | null): void {
    this.#signal = signal;
  }

  /** A KeyPackage for somebody who joins. @throws EncryptionFailed */
  async introduce(self: OwnIdentity): Promise<Arrival> {
    this.#begins(self);
    return toArrival(await this.#link.call('introduce', self));
  }

  /** What there still is of the group, for somebody who resumes. @throws EncryptionFailed */
  async claim(self: OwnIdentity): Promise<GroupClaim> {
    this.#begins(self);
    return toClaim(await this.#link.call('claim', self));
  }

  /** Who people are whose leaf does not say it, as far as the server tells us of them: before it tells us of their leaves. */
  setIntroductions(participants: readonly Pick<Participant, 'id' | 'name' | 'introduction'>[]): void {
    const people = participants.flatMap(({ id: participantId, name, introduction }) => {
      if (introduction === null || this.#introduced.get(participantId) === introduction) return [];
      if (!this.#introduced.has(participantId)) this.#unjudged.add(participantId);
      this.#introduced.set(participantId, introduction);
      return [{ participantId, name, introduction: fromBase64Url(introduction) }];
    });
    if (people.length === 0) return;
    const judged = () => {
      for (const { participantId } of people) this.#unjudged.delete(participantId);
      this.linesChanged.emit();
    };
    // Should the worker fail, the stay ends.
    this.#link.call('learn', people).then(judged, judged);
  }

  /**
   * Those whose first introduction has only just come: a moment later they have the name that it proves, or none. Once for each, so
   * nobody is kept out of sight by being introduced again and again.
   */
  get unjudged(): ReadonlySet<string> {
    return this.#unjudged;
  }

  /** Before anything else is told of the group, and whenever it changes: who comes straight in, and who has the control `admit`. */
  setDoor(rules: DoorRules): void {
    this.#link.news({ type: 'door', rules });
  }

  /** What those prove who wait at the door. @throws EncryptionFailed `closed` while we are in no group */
  inspectKnocks(knocks: readonly KnockToInspect[]): Promise<readonly InspectedKnock[]> {
    const asked = knocks.map(({ participantId, name, keyPackage, introduction }) => ({
      participantId,
      name,
      keyPackage: fromBase64Url(keyPackage),
      introduction: introduction === null ? null : fromBase64Url(introduction),
    }));
    return this.#link.call('inspectKnocks', asked);
  }

  /**
   * Our device's word that these may come in, for the server to carry. Of whoever was not inspected, or was not found to be
   * valid, there is none.
   * @throws EncryptionFailed `closed` while we are in no group, `refused` for guests
   */
  async signAdmissions(participantIds: readonly string[]): Promise<readonly SignedAdmission[]> {
    const signed = await this.#link.call('signAdmissions', participantIds);
    return signed.map(({ participantId, admission }) => ({
      participantId,
      admission: toBase64Url(admission),
    }));
  }

  /** For a stay in a breakout room, in place of a former one: our device, and who is in the meeting, without us between. */
  lend(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#link.lend(port1);
    return port2;
  }

  /** The stay is over for good, and nobody comes back to it: a guest's key of it is deleted. */
  endStay(): void {
    const guest = this.#guest;
    this.#guest = null;
    if (guest === null) return;
    // Where that fails, the key goes in time.
    import('@conclave/e2ee/guest-keys').then(({ forgetGuestKey }) => forgetGuestKey(guest)).catch(() => {});
  }

  /** What is done to files. @throws EncryptionFailed */
  callFile<N extends FileCallName>(name: N, ask: FileCalls[N]['ask']): Promise<FileCalls[N]['reply']> {
    return this.#link.call(name, ask);
  }

  /** What `joined` says of the group. */
  enter(seat: GroupSeat): void {
    this.#link.news({ type: 'seat', seat: toSeat(seat) });
  }

  /** False when the notice is about something else. */
  receive(notice: ServerNotice): boolean {
    const news = groupNews(notice);
    if (news !== null) this.#link.news(news);
    return news !== null;
  }

  setConnected(participantIds: readonly string[]): void {
    this.#link.news({ type: 'connected', participantIds });
  }

  /** Says something to the group. */
  say(ask: TalkAsk): void {
    this.#link.tell({ type: 'talk', ask });
  }

  /** Whose media a line carries, as its frames prove; null while none has come. */
  senderOf(line: number): string | null {
    return this.#senders.get(line) ?? null;
  }

  isDoubtful(line: number): boolean {
    return this.#doubts.has(line);
  }

  /** Why a line's media cannot be verified; null when it can. */
  doubtOf(line: number): LineDoubt | null {
    return this.#doubts.get(line) ?? null;
  }

  /** What cannot be verified of those whose media comes on lines of their own. */
  get ownedDoubts(): readonly Doubt[] {
    return [...this.#doubts.keys()].flatMap((line) => this.#owned.get(line) ?? []);
  }

  open(): ConnectionCipher {
    const connection = this.#nextConnection++;
    const lines: number[] = [];
    const nextLine = (): number => {
      const line = this.#nextLine++;
      lines.push(line);
      return line;
    };
    const transform = (options: LineOptions) => new RTCRtpScriptTransform(this.#link.worker, options);
    return {
      protectSender: (sender, source) => {
        const line = nextLine();
        sender.transform = transform({ role: 'send', connection, line, source: sources[source] });
      },
      protectReceiver: (receiver, source, only) => {
        const line = nextLine();
        const options = { role: 'receive', connection, line, source: sources[source], only: only ?? null };
        receiver.transform = transform(options as LineOptions);
        if (only !== undefined) this.#owned.set(line, { participantId: only, source });
        return line;
      },
      learn: (sdp) => this.#link.tell({ type: 'payload-types', connection, codecs: payloadTypesOf(sdp) }),
      [Symbol.dispose]: () => {
        this.#link.tell({ type: 'connection-closed', connection });
        for (const line of lines) {
          this.#senders.delete(line);
          this.#doubts.delete(line);
          this.#owned.delete(line);
        }
      },
    };
  }

  /** Whoever comes under another id has given up the former stay. In a breakout room the key is that of the meeting. */
  #begins({ participantId, accountId, unnamed }: OwnIdentity): void {
    if (this.#isBreakout) return;
    if (this.#guest !== participantId) this.endStay();
    this.#guest = accountId === null || unnamed ? participantId : null;
  }

  [Symbol.dispose](): void {
    this.#signal = null;
    this.linesChanged.clear();
    this.talk.clear();
    this.fileNews.clear();
    this.#link[Symbol.dispose]();
    this.group.set(nobody);
    this.verification.forget();
  }
}

function toClaim(claim: Claim): GroupClaim {
  return claim.kind === 'kept'
    ? { kind: 'kept', groupId: GroupId.parse(claim.groupId), epoch: claim.epoch }
    : { kind: 'new', ...toArrival(claim) };
}

function toArrival({ keyPackage, introduction }: BinaryArrival): Arrival {
  return {
    keyPackage: toBase64Url(keyPackage),
    introduction: introduction === null ? null : toBase64Url(introduction),
  };
}
